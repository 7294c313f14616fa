"""Chinese words, in both scripts, for what companies and states do (pure)."""

from __future__ import annotations

from newsbt.articles.chinese_market_events import CHINESE_MARKET
from newsbt.articles.chinese_rules import chinese_rule
from newsbt.articles.triggers import Trigger

__all__ = ["CHINESE_EVENTS"]

CHINESE_EVENTS: tuple[Trigger, ...] = (
    chinese_rule(
        "offering stopped",
        "regulation",
        r"(?:暂停|暫停|叫停|暂缓|暫緩|取消|撤回)~(?:上市|IPO|招股|发行|發行)|(?:上市|IPO)~(?:被叫停|暂停|暫停|暂缓|暫緩|告吹)",
        -1,
        "both",
        weight=0.9,
    ),
    chinese_rule(
        "plan dropped",
        "capital",
        r"(?:取消|搁置|擱置|放弃|放棄|暂停|暫停)~(?:分拆|拆分)",
        -1,
        "actor",
        weight=0.8,
    ),
    chinese_rule(
        "probe over",
        "regulation",
        r"(?:结束|結束|完成|终止|終止)~(?:调查|調查|整改)",
        1,
        "target",
        weight=0.8,
    ),
    chinese_rule(
        "fine", "regulation", r"罚款|罰款|处罚|處罰|罚没|被罚|被罰|开出~罚单|罚单", -1, "target", weight=0.9
    ),
    chinese_rule(
        "probe",
        "regulation",
        r"立案|(?:反垄断|反壟斷|展开|展開|接受|启动|啟動)~(?:调查|調查)|约谈|約談",
        -1,
        "target",
        weight=0.75,
    ),
    chinese_rule(
        "approval",
        "regulation",
        r"(?:获批|獲批|获得?~批准|監管~批准|监管~批准|获发~(?:牌照|版号|版號)|拿到~牌照|审批通过)",
        1,
        "target",
        weight=0.65,
    ),
    chinese_rule(
        "blacklisted",
        "regulation",
        r"(?:列入|加入)~(?:黑名单|黑名單|实体清单|實體清單|军工名单|清单)|被禁|下架",
        -1,
        "target",
        weight=0.7,
    ),
    chinese_rule(
        "target raised",
        "analyst",
        r"(?:上调|上調|调高|調高|升)~(?:目标价|目標價|评级|評級)|(?:目标价|目標價)~(?:上调|上調|升至)|(?:重申|给予|給予|维持|維持)~(?:买入|買入|增持|跑赢)",
        1,
        "target",
        weight=0.85,
    ),
    chinese_rule(
        "target cut",
        "analyst",
        r"(?:下调|下調|调低|調低|降)~(?:目标价|目標價|评级|評級)|(?:目标价|目標價)~(?:下调|下調|降至)",
        -1,
        "target",
        weight=0.85,
    ),
    chinese_rule(
        "price cut", "product", r"降价|降價|(?:下调|下調)~价格|价格战|價格戰", -1, "actor", weight=0.7
    ),
    chinese_rule("buyback", "capital", r"回购|回購", 1, "actor", weight=0.8),
    chinese_rule("dividend", "capital", r"派息|分红|分紅|股息", 1, "actor", weight=0.7, without=r"取消|暂停"),
    chinese_rule("split-up", "capital", r"分拆|拆分(?!股)|重组|重組", 1, "actor", weight=0.7),
    chinese_rule(
        "new shares",
        "capital",
        r"配售|增发|增發|供股|(?:可转换|可轉換|可换股|可換股)债",
        -1,
        "actor",
        weight=0.75,
    ),
    chinese_rule(
        "stake cut",
        "ownership",
        r"减持|減持|清仓|清倉|抛售~(?:股份|股票)|出售~(?:股份|股权|股權)",
        -1,
        "target",
        weight=0.8,
    ),
    chinese_rule(
        "stake raised", "ownership", r"增持(?!评级)|入股|购入~股|買入~股份|加仓|加倉", 1, "target", weight=0.8
    ),
    chinese_rule("round led", "ownership", r"领投|領投|(?:参与|參與)~(?:融资|融資)", 1, "actor", weight=0.7),
    chinese_rule("takeover", "ownership", r"收购|收購|并购|併購|私有化", 0, "both", weight=0.65),
    chinese_rule(
        "partnership",
        "partnership",
        r"(?:达成|達成|签署|簽署|签订|簽訂|展开|展開)~(?:合作|协议|協議|合约)|合作|携手|攜手|联手|聯手|结盟|結盟|牵手|牽手",
        1,
        "both",
        weight=0.7,
        without=r"(?:终止|終止|结束|取消)~合作",
    ),
    chinese_rule(
        "results ahead",
        "earnings",
        r"(?:将|將|即将|即將|定于|定於)~(?:公布|发布|發布|公佈|披露)~(?:业绩|業績|财报|財報)",
        0,
        "actor",
        weight=0.7,
    ),
    chinese_rule(
        "results",
        "earnings",
        r"(?:公布|发布|發布|公佈|披露)~(?:业绩|業績|财报|財報|季度?报|季報|年报|年報)|(?:营收|營收|收入|净利润|淨利潤|纯利|純利|利润"
        r"|利潤)[^。；\n]{0,25}?(?:增长|增長|增加|上升|下降|下滑|减少|減少|下跌|同比|大增|大跌|勁增|翻倍|超出|超过|低于)|(?:业绩|業績|财报"
        r"|財報)[^。；\n]{0,15}?(?:超|胜|勝|不及|逊|遜|好于|低于)",
        None,
        "actor",
        weight=0.75,
    ),
    chinese_rule(
        "profit warning",
        "guidance",
        r"盈利预警|盈利警告|盈警|(?:下调|下調)~(?:指引|预期|預期)",
        -1,
        "actor",
        weight=0.8,
    ),
    chinese_rule(
        "spending plan",
        "guidance",
        r"(?:投入|投资|投資|斥资|斥資|豪掷|计划投|斥|资本开支|資本開支)[^。；\n]{0,30}?(?:亿|億|万|萬)[^。；\n]{0,30}"
        r"|未来[一二三四五六七八九十]+年~(?:投入|投资)",
        1,
        "actor",
        weight=0.65,
    ),
    chinese_rule(
        "outlook",
        "guidance",
        r"(?:预计|預計|预期|預期|指引)~(?:营收|收入|利润|销量|交付)",
        None,
        "actor",
        weight=0.55,
        without=r"分析师|分析師|市场预期",
    ),
    chinese_rule("layoffs", "leadership", r"裁员|裁員", -1, "actor", weight=0.65),
    chinese_rule(
        "leaves", "leadership", r"辞任|辭任|辞职|辭職|离职|離職|卸任|离任|退休", -1, "actor", weight=0.75
    ),
    chinese_rule(
        "appointed", "leadership", r"任命|出任|接任|兼任|升任|获委任|獲委任", 0, "actor", weight=0.7
    ),
    chinese_rule(
        "seen again",
        "leadership",
        r"(?:再次|重新|首次|罕见)?(?:公开露面|公開露面|现身|現身|亮相)",
        1,
        "actor",
        weight=0.55,
    ),
    chinese_rule("arrest", "legal", r"被捕|逮捕|拘留|被带走|被帶走", -1, "target", weight=0.75),
    chinese_rule("lawsuit", "legal", r"起诉|起訴|诉讼|訴訟|被告|控告", -1, "target", weight=0.7),
    chinese_rule(
        "index",
        "listing",
        r"(?:纳入|納入)~(?:指数|指數|港股通|成份股|成分股)|主要上市|双重主要上市|第二上市",
        1,
        "actor",
        weight=0.7,
    ),
    chinese_rule(
        "listing plan",
        "listing",
        r"(?:申请|申請|计划|計劃|拟|擬|递交|遞交)~(?:上市|招股|IPO)",
        1,
        "actor",
        weight=0.65,
    ),
    chinese_rule("mishap", "product", r"召回|宕机|宕機|数据泄露|資料外洩|故障", -1, "actor", weight=0.65),
    chinese_rule(
        "launch",
        "product",
        r"(?:发布|發布|推出|上线|上線|发表|發表|开源|開源|亮相|首发|首發)[^。；\n]{0,30}?(?:模型|产品|產品|应用|應用|手机|手機|汽车|汽車|芯片|晶片|服务|服務"
        r"|助手|平台|系统|系統|游戏|遊戲|功能|版|车|車|SU7|App|AI)|(?:发布|發布|推出|上线|上線|开源|開源)(?!会|會)",
        1,
        "actor",
        weight=0.7,
    ),
    *CHINESE_MARKET,
)
