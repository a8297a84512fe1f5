import { type LanguageWords } from '../language-words';

/** Chinese, simplified and traditional. */
export const zh: LanguageWords = {
  code: 'zh',
  optOut: [
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'everywhere', words: ['退订', '停止'] },
    { source: 'public source code (_UNSUBSCRIBE_COMMANDS)', scope: 'everywhere', words: ['取消订阅', '退订通知'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['不要再联系我', '别再给我发短信了', '把我的号码删掉'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        '退訂',
        '取消訂閱',
        '不要再发了',
        '不要发了',
        '别发了',
        '请不要再发信息',
        '不要再發訊息',
        '拒收',
        '請勿再傳',
        '回T退订',
        '我要退订',
        '我想退订',
        '退订短信',
        '别再发了',
        '別再傳了',
        '別傳了',
        '别再发短信了',
        '退訂簡訊',
        '我要退訂',
      ],
    },
    { source: 'own', scope: 'language', words: ['td', '取消', '结束'] },
  ],
  optIn: [
    { source: 'public source code (订阅/退订 commands)', scope: 'everywhere', when: 'always', words: ['订阅'] },
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'language',
      when: 'afterStop',
      words: ['是'],
    },
    { source: 'own', scope: 'language', when: 'afterStop', words: ['恢复', '开始'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['重新订阅', '訂閱'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['帮助', '幫助', '帮忙'] }],
  everyday: ['停止', 'td'],
  review: [
    '退订; 退訂; 取消订阅; 取消訂閱; 不要再; 别再; 別再; 不要发; 不要發; 别发; 別發; 别给我; 別給我; 勿扰; 勿擾; 勿发; 勿發; 停止发送; 停止發送; 停止给我; 停止給我',
    '停止短信; 拒收; 打错; 打錯; 发错; 發錯; 传错; 傳錯; 错号; 错误的号码; 錯誤的號碼; 号码错; 號碼錯; 号错了; 号码不对; 號碼不對; 不是我的号码; 不是我的號碼; 找错人',
    '找錯人; 认错人; 認錯人; 不是本人; 搞错了; 弄错了; 弄錯了; 别烦我; 別煩我; 别烦; 別煩; 不要烦; 不要煩; 别骚扰; 骚扰; 騷擾; 别打扰; 別打擾; 不要打扰; 不要打擾',
    '打扰我; 去死; 操你; 他妈; 他媽; 傻逼; 有病; 神经病; 神經病; 举报; 舉報; 投诉; 投訴; 拉黑; 封鎖你; 删掉; 刪掉; 删除我; 刪除我; 移除我; 把我移; 从名单',
    '不想收到; 不想再收到; 不想再; 垃圾短信; 垃圾信息; 怎么取消; 怎麼取消; 如何取消; 怎样取消; 滚开; 滚蛋; 给我滚; 滾開; 滾蛋; 給我滾; 別打; 别打; 怎么停; 如何停',
    '怎麼停',
  ],
  reviewHere: [],
  alone: ['滚; 滾; 够了; 夠了; 删除; 刪除; 不需要了; 屏蔽; 取消; 结束; 結束; 错了; 錯了; td'],
  politeness: [
    '请; 請; 请您; 請您; 谢谢; 謝謝; 谢谢你; 谢谢您; 謝謝你; 謝謝您; 多谢; 多謝; 感谢; 感謝; 麻烦; 麻煩; 麻烦您; 麻煩您; 麻烦你; 拜托; 拜託; 您好; 你好; 吧',
    '一下; 唔該',
  ],
};
