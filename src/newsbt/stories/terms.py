"""What headlines in English and Chinese have in common: terms that mean the same in both (data).

A term is a line ``weight  English | English ... = Chinese | Chinese``. Weight 3 names somebody or something
particular, 2 an act, 1 what many headlines share. A ``*`` takes any ending. Terms under ``TURNS`` turn the
meaning round: headlines that differ in one of them are not the same, however alike they are otherwise.
"""

from __future__ import annotations

from typing import Final

__all__ = ["TERMS", "TURNS"]

TURNS: Final = """
2 confirm* = 确认 | 证实 | 官宣
2 deny | denies | denied | denying | refute* | rebut* | dismisses = 否认 | 辟谣 | 澄清
1 reportedly | report | reports | sources | rumor* | rumour* | said to | talks to \
= 据报 | 据称 | 消息称 | 传 | 曝 | 据悉 | 知情人士 | 传闻 | 料将
1 rise* | rising | rose | gain* | surge* | soar* | jump* | rall* | climb* | higher | up \
| skyrocket* | advance* = 涨 | 升 | 飙 | 拉升 | 走高 | 大涨 | 弹
1 fall* | fell | drop* | slid* | slump* | plunge* | tumble* | lower | down | sink* | declin* \
= 跌 | 挫 | 下滑 | 走低 | 回落 | 低开 | 倒跌
2 upgrade* | raises target | raised target = 上调 | 调高 | 调升
2 downgrade* | cuts target | cut target = 下调 | 调低 | 调降
2 beat* | tops | above = 超预期 | 胜预期 | 好过预期
2 miss* | below = 不及预期 | 逊预期 | 低于预期
2 cancel* | scrap* | abandon* | halt* | suspend* | withdraw* \
= 取消 | 放弃 | 叫停 | 暂停 | 终止 | 下架 | 撤回
1 not | never | no longer | won't | doesn't | don't = 不会 | 不再 | 暂不 | 未有 | 尚未 | 没有 | 并非
2 approve* | approval = 批准 | 获批
2 reject* | rejected = 拒绝 | 驳回
"""

TERMS: Final = """
3 apple | iphone* = 苹果 | 蘋果
2 deepseek = 深度求索
3 nvidia = 英伟达 | 辉达
3 openai | chatgpt
3 microsoft = 微软
3 google | alphabet = 谷歌
3 amazon = 亚马逊
3 meta | facebook = 脸书
3 tesla | musk = 特斯拉 | 马斯克
3 bytedance | tiktok | douyin = 字节 | 抖音
3 huawei = 华为
3 byd = 比亚迪
3 samsung = 三星
3 tsmc = 台积电
3 smic = 中芯
3 unitree = 宇树
3 kuaishou = 快手
3 didi = 滴滴
3 softbank = 软银
3 nissan = 日产
3 bmw = 宝马
3 manus
3 kimi | moonshot = 月之暗面
3 zhipu = 智谱
3 jpmorgan = 摩根大通 | 小摩
3 morgan stanley = 摩根士丹利 | 大摩
3 goldman = 高盛
3 citi | citigroup = 花旗
3 ubs = 瑞银
3 tepper | appaloosa = 泰珀 | tepper
3 burry = 伯里
3 keystone
3 greenwoods = 景林
3 trump = 特朗普
3 xi jinping | president xi | xi = 习近平
3 symposium | meeting with entrepreneurs = 座谈会 | 研讨会 | 座谈 | 会面
3 ne zha* | nezha = 哪吒
3 supercell
3 food delivery | delivery = 外卖
3 robotaxi* | driverless = 无人驾驶出租 | 自动驾驶出租 | 萝卜快跑 | robotaxi
3 ernie* = 文心
3 yuanbao = 元宝
3 hunyuan = 混元
3 qwen* | tongyi = 通义 | 千问
3 su7
3 yu7
3 xring = 玄戒
3 temu
3 wechat | weixin = 微信
3 taobao | tmall = 淘宝 | 天猫
3 hema | freshippo = 盒马
3 ele.me | eleme = 饿了么
3 cainiao = 菜鸟
3 lazada
3 sun art = 高鑫零售 | 大润发
3 intime = 银泰
3 ant group = 蚂蚁集团 | 蚂蚁
3 alibaba health = 阿里健康
3 alibaba pictures = 阿里影业
3 jd logistics = 京东物流
3 jd health = 京东健康
3 tencent music = 腾讯音乐
3 jack ma = 马云
3 joe tsai | tsai = 蔡崇信
3 eddie wu = 吴泳铭
3 robin li | baidu's ceo | baidu ceo = 李彦宏
3 richard liu = 刘强东
3 pony ma = 马化腾
3 lei jun = 雷军
3 wang xing = 王兴
3 korea | korean = 韩国 | 南韩
3 japan | japanese = 日本
3 saudi | middle east = 沙特 | 中东
3 uae | u.a.e | dubai | abu dhabi = 阿联酋 | 迪拜 | 阿布扎比
3 thailand = 泰国
3 malaysia = 马来西亚
3 india | indian = 印度
3 brazil = 巴西
3 mexico = 墨西哥
3 turkey = 土耳其
3 europe | european | eu = 欧洲 | 欧盟 | 欧
3 germany = 德国
3 changsha = 长沙
3 hangzhou = 杭州
3 pentagon | military list | 1260h = 五角大楼 | 国防部 | 军方 | 军工
3 samr | antitrust | monopoly = 反垄断 | 市场监管总局 | 垄断
3 de minimis = 小额豁免 | 最低限度
3 tariff* = 关税
3 export control* | chip curb* = 出口管制 | 出口限制
3 delist* = 退市 | 摘牌
3 dual primary | primary listing = 双重主要上市 | 主要上市
3 stock connect | southbound = 港股通 | 北水 | 南下
3 buyback* | repurchas* = 回购
3 dividend* = 派息 | 股息 | 分红
3 convertible | exchangeable = 可转债 | 可交换债 | 可转换
3 bond* | notes | dim sum = 债券 | 票据 | 点心债
3 ipo | public offering = 上市 | 招股 | 首次公开募股
3 spin-off | spinoff | spin off = 分拆
3 open-source* | open source* | open-sourc* = 开源
3 layoff* | job cut* | lays off = 裁员
3 glasses = 眼镜
3 data center* | data centre* | data-center | cloud region = 数据中心
3 capex | infrastructure = 资本开支 | 资本支出 | 基础设施
3 game* | gaming = 游戏
3 copyright = 版权 | 侵权
3 lawsuit* | sues | sued | court = 起诉 | 诉讼 | 法院 | 胜诉 | 败诉
3 medicine* | drug | drugs | pharmac* = 药
3 school* | pupil* = 学校 | 学生
3 social insurance | social security = 社保 | 五险一金
3 rider* | courier* = 骑手
3 refund* = 退款 | 仅退款
3 subsid* = 补贴 | 国补
3 commission* = 佣金
3 price war = 价格战
3 search = 搜索
3 chatbot* | assistant = 聊天机器人 | 助手
3 humanoid | robot* = 机器人
3 chip* | semiconductor* = 芯片 | 晶片
3 recruit* | hire* | hiring = 招聘 | 招募
3 singles' day | singles day | double 11 = 双11 | 双十一
3 618
2 free | free of charge = 免费
2 partner* | cooperat* | team* up | tie-up | collaborat* | works with | working with \
| joins forces | deal with = 合作 | 携手 | 联手 | 牵手 | 夥 | 伙 | 联姻 | 结盟 | 组cp | 双向奔赴
2 picks | picked | chooses | chose | selects | selected = 选择 | 选定 | 选中 | 敲定 | 选阿里
2 invest* = 投资 | 入股 | 注资
2 acquire* | acquisition | buyout | takeover | buys | to buy = 收购 | 并购 | 买下 | 洽购 | 拟购
2 sell* stake | sell* | divest* | dispos* = 出售 | 卖出 | 套现
2 stake* | holding* | position = 持股 | 持仓 | 增持 | 减持 | 加仓
2 exit* | liquidat* | dump* = 清仓
2 fine | fined | penalt* = 罚款 | 处罚 | 被罚
2 probe* | investigat* = 调查 | 立案
2 ban | bans | banned | block* = 禁止 | 禁用 | 封禁 | 屏蔽
2 launch* | unveil* | release* | roll* out | introduc* = 发布 | 推出 | 上线 | 亮相
2 enter* | expand* | push into | moves into = 进军 | 入局 | 杀入 | 拓展 | 进入
2 results | earnings | quarter* = 业绩 | 财报 | 季报 | 年报 | 季度
2 revenue | sales = 营收 | 收入 | 销售
2 profit* | net income = 净利 | 盈利 | 利润
2 loss | losses = 亏损
2 guidance | outlook | forecast* = 指引 | 展望 | 预期
2 price target | target price = 目标价
2 buy rating | overweight | outperform = 买入 | 增持评级 | 跑赢
2 ceo | chief executive = 首席执行官 | 总裁
2 chairman | chair = 董事长 | 主席
2 resign* | step* down | depart* = 辞任 | 卸任 | 离职 | 辞职
2 appoint* | name* new | succeed* = 任命 | 接替 | 出任 | 担任
2 record high | all-time high | peak | highest = 新高 | 最高
2 visit* | spotted | appear* | seen = 现身 | 露面
2 campus | headquarters = 园区 | 总部
2 cloud = 云
2 model* | llm | large language = 模型
2 app | apps = app
2 feature* = 功能
2 integrat* | connect* | adopt* = 接入 | 接入
2 electric vehicle* | ev | evs | car | cars = 汽车 | 电动车
2 smartphone* | phone* | handset* = 手机
2 advert* = 广告
2 logistic* = 物流
2 merchant* = 商家 | 商户
2 restaurant* = 餐饮 | 餐厅 | 堂食
2 user* | consumer* = 用户 | 消费者
2 payment* = 支付
2 regulator* = 监管
2 china market | china = 中国 | 内地 | 国行
2 hong kong = 香港 | 港股
2 adr | adrs = 美股 | 中概
2 short | shorts | short selling = 沽空 | 做空
2 open higher | opens = 高开 | 开盘
2 close higher | closes | ends | close = 收盘 | 收市 | 收评 | 全日
1 ai | artificial intelligence = ai | 人工智能
1 stock* | share* = 股价 | 股
"""
