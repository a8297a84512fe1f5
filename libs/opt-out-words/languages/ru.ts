import { type LanguageWords } from '../language-words';

/** Russian. */
export const ru: LanguageWords = {
  code: 'ru',
  optOut: [
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'everywhere',
      words: ['стоп', 'отписаться'],
    },
    { source: 'public source code (STOP_WORDS)', scope: 'everywhere', words: ['отписка'] },
    { source: 'public source code (stop words in eight languages)', scope: 'everywhere', words: ['отпишите'] },
    { source: 'public source code (telegramMarketingAction)', scope: 'everywhere', words: ['не писать'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['не пишите мне', 'перестаньте мне писать', 'удалите мой номер', 'хватит писать'],
    },
    { source: 'public source code (unsubscribe words by language)', scope: 'everywhere', words: ['отменить подписку'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'отпишите меня',
        'не пишите мне больше',
        'больше не пишите',
        'удалите меня',
        'удалите меня из рассылки',
        'не присылайте больше',
        'прекратите',
        'прекратите рассылку',
      ],
    },
    { source: 'own', scope: 'language', words: ['отмена'] },
  ],
  optIn: [
    { source: 'public source code (Twilio inbound keywords en/ru/es)', scope: 'everywhere', when: 'always', words: ['старт'] },
    { source: 'public source code (STOP_WORDS/START_WORDS)', scope: 'everywhere', when: 'afterStop', words: ['начать'] },
    { source: 'public source code (telegramMarketingAction)', scope: 'everywhere', when: 'always', words: ['подписаться'] },
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'language',
      when: 'afterStop',
      words: ['да'],
    },
  ],
  help: [{ source: 'public source code (Twilio inbound keywords en/ru/es)', scope: 'everywhere', words: ['помощь'] }],
  everyday: [],
  review: [
    'стоп; отпис-; отпиш-; отписк-; прекрат-; перестан-; хватит; не пишите; не пиши; не писать',
    'не присылай-; не присылать; не шлите; не звоните; не звони; не отправляй-; удалите; удали мой',
    'удали меня; удалить мой; удалить меня; уберите; убери меня; вычеркн-; исключите меня; не беспоко-',
    'отстань; отстаньте; оставьте меня; оставь меня; отвали; отвалите; отвяж-; отъеб-; идите к черту',
    'иди к черту; пошел на; пошли на; пошел вон; пошли вон; пошёл ты; пошли вы; нахуй; нахер; заеб-',
    'задолбал-; заколебал-; ошиблись номером; ошиблась номером; ошибся номером; ошибка номера',
    'не тот номер; неверный номер; неправильный номер; номер неверный; номером ошиблись; это не мой номер',
    'не мой номер; спам; жалоб-; заявление в; отменить подписку; отмените подписку; отменить рассылку',
    'от рассылки; из рассылки; из базы; из списка; не надо писать; не надо мне; заблокирую; чёрный список',
    'отзываю согласие; больше не пиш-; больше не звон-; больше не присыл-; больше не отправл-',
    'больше не беспоко-; больше не хочу получать; больше не надо писать; не туда попали; не туда пишете',
    'не туда написали; иди на хуй; идите на хуй; иди на хер; идите на хер; иди нах-; идите нах-',
    'как отключить; отключите; отключить рассылку; отключить сообщения; в покое; в покои',
  ],
  reviewHere: ['достали; ошиблись'],
  alone: ['хватит; довольно; достаточно; удалить; ошибка; ошиблись; отстань'],
  politeness: [
    'пожалуйста; пож; пжл; пжлст; пожалуста; плиз; спасибо; спасибо большое; большое спасибо',
    'заранее спасибо; благодарю; прошу; прошу вас; будьте добры; с уважением',
  ],
};
