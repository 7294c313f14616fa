"""Words that tell the category of a headline, English and Chinese, with weights (data)."""

from __future__ import annotations

from typing import Final

__all__ = ["CHINESE", "ENGLISH", "INSIDERS", "OUTSIDERS"]

#: Category to (weight, regular expression); matched in folded text, between word boundaries.
ENGLISH: Final[dict[str, tuple[tuple[float, str], ...]]] = {
    "earnings": (
        (
            3,
            r"earnings|quarterly (?:results?|profits?|revenues?|sales)|net (?:profit|income|loss)"
            r"|results? (?:beat|miss|top)\w*"
            r"|(?:first|second|third|fourth|march|june|september|december) quarter|[1-4]q\d*|q[1-4]"
            r"|fy\d\d|full-year (?:results|profit|loss)|half-year|year-end results",
        ),
        (
            2,
            r"(?<!non-)profits?|eps|ebitda|margins?|loss (?:narrows?|widens?)"
            r"|(?:swings?|returns?) to (?:profit|loss)",
        ),
        (
            1.5,
            r"revenues?|sales (?:rise|fall|jump|drop|grow|beat|miss|up|down)\w*|quarter(?:ly)?"
            r"|results?",
        ),
    ),
    "guidance": (
        (
            3.5,
            r"(?<!new )guidance|profit warning|profit alert"
            r"|(?:raises?|cuts?|lowers?|lifts?|trims?|slashes) (?:\w+ )?(?:outlook|forecasts?|target for)"
            r"|capex|capital (?:spending|expenditure)|next (?:three|two|five) years"
            r"|over (?:\d|three|two|five) years|spending plan",
        ),
        (3, r"(?:to|will|plans? to|pledges? to|would) (?:invest|spend)|to spend"),
        (
            2,
            r"outlook|forecasts?|guides?|expects?|sees (?:\w+ )?(?:growth|revenue|sales|profit)"
            r"|warns? (?:of|on|about)",
        ),
    ),
    "product": (
        (
            2.5,
            r"launch\w*|unveil\w*|releas\w*|roll(?:s|ed|ing)? out|introduc\w*|open.?sourc\w*|debuts?"
            r"|upgrades? its|beta|shows? off|free of charge|makes? \w+ (?:models? )?free"
            r"|cuts? (?:\w+ ){0,4}prices?|price cuts?|orders? in (?:first|\d)|pre-?orders?",
        ),
        (
            1.5,
            r"models?|chatbots?|apps?|chips?|suvs?|evs?|phones?|smartphones?|glasses|robots?"
            r"|robotaxis?|handsets?|ai assistant|reasoning|parameters|downloads?|users|cloud"
            r"|deliver(?:y|ies)|e-commerce|food delivery|search|games?|feature\w*|software|service",
        ),
        (1, r"ai|new|starts?|develop\w*|builds?|tests?|enters?|recall\w*|outage"),
    ),
    "partnership": (
        (
            4,
            r"partner(?:s|ed|ing|ships?)?|team(?:s|ed|ing)? up|tie-?ups?|joint venture|collaborat\w*"
            r"|joins? forces|alliance|works? with|working with|work with|cooperat\w*|passed over"
            r"|picks? \w+ (?:as|for)|strikes? (?:\w+ )?deal"
            r"|signs? (?:\w+ )?(?:deal|pact|agreement|mou)|to power|integrat\w+ (?:with|into)"
            r"|selects? \w+ (?:as|for)|chooses? \w+ (?:as|for)|supply deal|apple deal|will use its",
        ),
        (1, r"deal|agreement|contract|pact|apple|together"),
    ),
    "regulation": (
        (
            4,
            r"regulat\w*|antitrust|anti-monopoly|monopol\w*|crackdown|watchdog|blacklist\w*"
            r"|entity list|sanction\w*|(?:export|chip) (?:controls?|curbs?|rules?)"
            r"|holding foreign companies|delisting (?:law|risk|act|list)|facing delisting|could delist"
            r"|pcaob|audit inspect\w*|rectification|cyberspace|samr|csrc|military compan\w*"
            r"|chinese military|pentagon|1260h|draft rules?|licen[cs]e[sd]?|need licen[cs]e"
            r"|app stores?|state media|under-?18s|sec (?:names|adds|says)"
            r"|investment (?:ban|curbs|memo)|memo",
        ),
        (
            3,
            r"bans?|banned|barred|bars|curbs?|restrict\w*|prob(?:e|es|ed|ing)|summon\w*|investigat\w*"
            r"|fin(?:e|es|ed) (?:of |over |by |alibaba|tencent|meituan|\$|a )|penalt\w*|complian\w*"
            r"|scrutin\w*|inspect\w*|(?:stop|halt) buying|order\w* (?:\w+ )?(?:off|to)"
            r"|exchange suspends?|limits",
        ),
        (
            1.5,
            r"rules?|approv\w*|allow\w*|government|authorit\w*|ministry|white house|national security"
            r"|congress|senate|tells?|compete|competition",
        ),
    ),
    "policy": (
        (
            4,
            r"politburo|stimulus|pboc|central bank|npc|national people.?s congress|state council"
            r"|monetary policy|reserve (?:cut|ratio|requirement)|rrr|loan prime rates?|lpr|rate cuts?"
            r"|fiscal (?:spending|stimulus|support|deficit|policy)|five-year plan|common prosperity"
            r"|vice premier|symposium|planning agency|ndrc|government work report"
            r"|stock-market (?:support|facilities|fund)|market support"
            r"|support (?:for )?(?:the )?(?:shares|stocks|market|private)|growth (?:goal|target)|covid"
            r"|quarantine|stargate|subsid(?:y|ies) (?:programme|program|scheme)|trade-in",
        ),
        (
            2,
            r"xi|premier|party (?:meeting|plenum|posts?|congress)|beijing|policy|measures|easing"
            r"|private (?:business|sector|firms)|private entrepreneurs|trump announces",
        ),
    ),
    "macro": (
        (
            4,
            r"tariffs?|trade (?:war|truce|deal|talks)|gdp|inflation|cpi|ppi|pmis?|retail sales"
            r"|industrial (?:output|production)|unemployment|payrolls?"
            r"|exports? (?:rise|fall|grow|drop)\w*|yuan (?:falls?|rises?|weakens?)"
            r"|fed(?:eral reserve)?|treasur(?:y|ies)|de minimis|small-?parcels?|parcels?|duty-free"
            r"|duties|rare earths?|wins us election|us election|business mood|economy|economic growth"
            r"|recession|deflation",
        ),
        (
            2,
            r"hang seng|hsi|indexe?s?|indices|wall street|stocks (?:rise|fall|slip|gain|rally|slump)"
            r"|shares (?:end|open|close)|markets?|etfs?|adrs|retaliat\w*|imports?|exports?"
            r"|covid easing|reopening",
        ),
    ),
    "capital": (
        (
            4,
            r"buy-?backs?|repurchas\w*|dividends?|convertible|exchangeable bonds?|bonds?"
            r"|notes? (?:sale|offering)|share (?:placement|sale|issue|offering)|rights issue|placing"
            r"|raises? (?:about )?(?:us|hk)?\$[\d.]+ ?(?:bn|billion|m|million) (?:in|from|via)"
            r"|to raise|spin(?:s|ning)?.?offs?|split(?:s|ting)? into|unlock|stock split|refinanc\w*"
            r"|loan|credit (?:line|facility)|delever\w*|capital raising|raises? about",
        ),
        (2, r"prepares? (?:\w+ )?listing of|ipo of|fund-?raising|funding|offering|debt"),
    ),
    "ownership": (
        (
            4,
            r"stakes?|13f|holdings? (?:rise|fall|cut|raised)|hedge funds?|appaloosa|softbank|berkshire"
            r"|tepper|ryan cohen|burry|largest holding|shareholders?|activist"
            r"|acqui(?:re|res|red|sition|sitions)|takeover|buyout|merger|backers? of"
            r"|leads? (?:a )?(?:\w+ )?round|investors? in|family trusts?|sells? (?:\w+ ){0,4}shares"
            r"|bought (?:\S+ )?(?:of )?\w+ shares|buys? (?:\w+ )?shares|buying everything|hand \S+ of"
            r"|divest\w*|insiders?|joins? (?:\w+ )?round",
        ),
        (1.5, r"buys?|sells?|sold|bought|owner\w*|invests? in|filing|fund"),
    ),
    "analyst": (
        (
            4,
            r"price targets?|targets? (?:to|on|for|price)"
            r"|(?:raises?|lifts?|cuts?|lowers?|trims?|hikes?) (?:\w+[.\w]* ){0,3}targets?"
            r"|upgrad\w+ (?:to|by|\w+ to)|downgrad\w*|initiat\w+|analysts?|brokers?|brokerages?"
            r"|overweight|underweight|outperform|underperform|buy rating|ratings?|market talk"
            r"|seeking alpha|valuations?",
        ),
        (
            3,
            r"jefferies|macquarie|jp ?morgan|goldman(?: sachs)?|morgan stanley|hsbc|ubs|citi(?:group)?"
            r"|nomura|daiwa|wedbush|barclays|bernstein|clsa|cicc|lombard odier|eurizon\w*|mizuho"
            r"|benchmark says|bofa|morningstar",
        ),
        (
            1.5,
            r"says? outlook|note|bullish|bearish|undervalued|overvalued|room for|fund managers?"
            r"|turns? more|views?|strategist",
        ),
    ),
    "legal": (
        (
            4,
            r"lawsuits?|sue[sd]?|suing|courts?|judge|jury|class action|settle(?:s|d|ment)?|indict\w*"
            r"|arrest\w*|convict\w*|prosecut\w*|fraud|patent (?:case|suit)|trial|appeals?|crash|fatal"
            r"|deaths?|accident|plead\w*|injunction|arbitration|fined about|arm \w+ fined|unit fined"
            r"|group fined",
        ),
    ),
    "leadership": (
        (
            4,
            r"ceo|cfo|coo|chief (?:executive|financial|operating|technology)|chairman|chairwoman|chair"
            r"|steps? down|resign\w*|appoint\w*|succe(?:ed|eds|ssor|ssion)|names? new|departs?"
            r"|departure|founder|reshuffle|board (?:seat|member)|retires?|leaves|takes? over"
            r"|cede control|give up control|hires?|reappear\w*|public appearance|back in china"
            r"|appeared in public|co-?founder",
        ),
        (
            2.5,
            r"jack ma|joe tsai|eddie wu|daniel zhang|pony ma|richard liu|robin li|lei jun|colin huang"
            r"|executive|management|layoffs?|job cuts",
        ),
    ),
    "listing": (
        (3, r"(?:joins?|added? to|dropped from) (?:\w+ ){0,4}index"),
        (
            4,
            r"primary listing|dual.primary|secondary listing|stock connect|southbound|starts? trading"
            r"|begins? trading|trading debut|delist(?:s|ed|ing)?|joins? (?:\w+ ){0,4}index"
            r"|added? to (?:\w+ ){0,3}index|index (?:inclusion|rebalanc\w*|firm|adds|removal)"
            r"|hang seng (?:\w+ )?index on|ipo|goes public|go public|relist\w*|homecoming listing"
            r"|list on",
        ),
        (2, r"listing|listed|debut|trading halt|resumes? trading|board lot|share conversion"),
    ),
}

#: Category to (weight, words); found anywhere in folded, simplified text.
CHINESE: Final[dict[str, tuple[tuple[float, str], ...]]] = {
    "earnings": (
        (
            4,
            "财报 业绩 净利 营收 季报 年报 中报 盈利 亏损 毛利 每股收益 快报 一季度 二季度 三季度"
            " 四季度 财季 扭亏",
        ),
        (1.5, "收入 利润 季度 同比 销售额"),
    ),
    "guidance": (
        (6, "盈利预警 业绩预告 盈警 盈喜"),
        (4, "指引 资本开支 资本支出 未来三年 预增 预减 预亏 上调预期 下调预期"),
        (2, "预计 预期 展望 投入超 将投入 拟投入"),
    ),
    "product": (
        (
            3,
            "发布 推出 上线 开源 新品 首发 内测 公测 升级 免费开放 宣布免费 降价 大模型 接入 上架"
            " 下架 亮相 量产 交付 预售 开售 首销",
        ),
        (
            1.5,
            "模型 应用 芯片 手机 机器人 智驾 自动驾驶 外卖 云 算力 搜索 眼镜 汽车 游戏 产品 功能 用户"
            " 通义 文心 千问 元宝 入局 杀入",
        ),
    ),
    "partnership": (
        (5, "合作 携手 联手 联合开发 伙伴 达成协议 签约 签署 合资 战略协议 牵手 结盟 共同开发 绑定 夥伴"),
    ),
    "regulation": (
        (
            4.5,
            "监管 反垄断 罚款 处罚 约谈 调查 立案 禁令 禁止 禁用 封禁 黑名单 实体清单 制裁 出口管制"
            " 整改 审查 合规 网信办 市场监管总局 证监会 军方名单 牌照 版号 国家安全 限制 征求意见"
            " 违规 内卷式竞争 垄断",
        ),
        (1.5, "批准 规定 办法 新规 政府 许可"),
    ),
    "policy": (
        (
            4.5,
            "政治局 国务院 央行 降准 降息 存款准备金 货币政策 财政 两会 全国人大 发改委 座谈会"
            " 民营企业 稳增长 刺激 以旧换新 补贴政策 五年规划 政府工作报告 中央 国常会 降低利率"
            " 限售政策 楼市 政策",
        ),
        (1.5, "总理 习近平 部委 印发 措施 扶持"),
    ),
    "macro": (
        (
            4.5,
            "关税 贸易战 加征 gdp 通胀 cpi ppi pmi 美联储 鲍威尔 国债 汇率 人民币 非农 失业率 社融"
            " 出口数据 经济数据 经济增长 小额包裹 稀土 特朗普",
        ),
        (
            3,
            "恒指 恒生 科指 沪指 a股 港股 美股 道指 纳指 标普 指数 大盘 股指 收盘 开盘 午评 早盘 尾盘"
            " 中概股 早报 隔夜 etf 盘前 金龙 牛市 板块",
        ),
    ),
    "capital": (
        (
            5,
            "回购 分红 派息 股息 可转债 可转换 可交换债 发债 债券 配股 配售 增发 融资 募资 分拆 拆分"
            " 特别股息 拆股 完成c轮 轮融资",
        ),
    ),
    "ownership": (
        (
            5,
            "持股 股权 入股 增持 减持 清仓 收购 并购 持仓 13f 大股东 套现 股东 对冲基金 软银 泰珀"
            " 私有化 建仓 加仓 要约 投资阿里 战略投资 领投 净吸金 举牌",
        ),
        (1, "投资 基金 买入 卖出"),
    ),
    "analyst": (
        (
            4.5,
            "目标价 评级 大行 研报 上调至 下调至 买入评级 增持评级 跑赢 看好 看淡 估值 分析师 机构称"
            " 券商 首次覆盖 策略 重估",
        ),
        (
            3,
            "高盛 摩根 大摩 小摩 瑞银 花旗 美银 汇丰 野村 中金 中信建投 中信证券 国君 国泰君安 华创"
            " 杰富瑞 里昂 招商证券 麦格理 瑞信 海通",
        ),
    ),
    "legal": (
        (
            5,
            "诉讼 起诉 法院 判决 仲裁 侵权 被捕 刑事 欺诈 集体诉讼 和解 车祸 事故 遇难 身亡 辟谣 造谣"
            " 败诉 胜诉 庭审",
        ),
    ),
    "leadership": (
        (
            4.5,
            "ceo cfo 首席执行官 首席财务官 总裁 董事长 董事会主席 离职 辞职 辞任 卸任 出任 任命 接任"
            " 接班 换帅 高管 创始人 挖来 调任 加盟 裁员 领导班子 人事",
        ),
        (1.5, "马云 蔡崇信 吴泳铭 马化腾 刘强东 李彦宏 雷军 黄峥 张勇 王兴"),
    ),
    "listing": (
        (
            5,
            "上市 双重主要 主要上市 二次上市 港股通 互联互通 纳入指数 纳入恒生 剔除 退市 摘牌 ipo"
            " 招股 聆讯 挂牌 停牌 复牌 递表",
        ),
    ),
}

#: Firms whose own news is ``peer_news``, unless an insider is named too: English expression, Chinese words.
OUTSIDERS: Final[tuple[str, str]] = (
    r"deepseek|openai|chatgpt|nvidia|microsoft|amazon|aws|google|alphabet|meta|tesla|byd|huawei"
    r"|bytedance|doubao|apple|honda|nissan|manus|moonshot|zhipu|anthropic|intel|amd|tsmc|samsung"
    r"|oracle|softbank|unitree",
    "深度求索 英伟达 微软 亚马逊 谷歌 特斯拉 比亚迪 华为 字节 豆包 苹果 月之暗面 智谱 宇树 台积电"
    " 三星 英特尔 甲骨文",
)

#: Firms that newsbt trades: their news is their own.
INSIDERS: Final[tuple[str, str]] = (
    r"alibaba|alibaba\W?s|taobao|tmall|ant group|alipay|qwen|freshippo|jd(?:\.com)?|pdd|pinduoduo|temu"
    r"|baidu|ernie|tencent|wechat|meituan|xiaomi|netease|bilibili|trip\.com|lenovo|kuaishou|ele\.me"
    r"|jack ma|joe tsai",
    "阿里 淘宝 天猫 蚂蚁 通义 千问 京东 拼多多 百度 文心 腾讯 微信 美团 小米 网易 哔哩 携程 联想 快手"
    " 饿了么 马云 中概 港股 美股 a股",
)
