import { type LanguageWords } from '../language-words';

/** Turkish. */
export const tr: LanguageWords = {
  code: 'tr',
  optOut: [
    {
      source: 'https://user.netmera.com/netmera-developer-guide/integrations/via-integration/etk-rejection-via-sms',
      scope: 'language',
      words: ['ret'],
    },
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'language', words: ['dur'] },
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'everywhere',
      words: ['abonelikten çık', 'iptal abonelik'],
    },
    {
      source: 'public source code (OPT_OUT_KEYWORDS by language)',
      scope: 'everywhere',
      words: ['istemiyorum', 'mesaj atma', 'engelle', 'çıkış'],
    },
    { source: 'public source code (OPT_OUT_KEYWORDS by language)', scope: 'language', words: ['iptal'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'mesaj atmayın',
        'bana mesaj atmayın',
        'mesaj göndermeyin',
        'mesaj istemiyorum',
        'listeden çıkar',
        'beni listeden çıkarın',
        'numaramı silin',
        'durdur',
        'abonelik iptal',
        'stop',
      ],
    },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['evet', 'başla', 'onay'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['başlat'] },
  ],
  help: [
    { source: 'own', scope: 'everywhere', words: ['yardım'] },
    { source: 'own', scope: 'language', words: ['bilgi'] },
  ],
  everyday: ['istemiyorum', 'engelle', 'çıkış', 'durdur'],
  review: [
    'beni rahat bırak-; rahat bırak; rahat bırakın; rahatsız etme; rahatsız etmeyin; rahatsız ediyorsunuz',
    'yanlış numara; numara yanlış; yanlış kişi; yanlış numarayı; benim numaram değil; abonelik-',
    'abonelikten; aboneliği; aboneliğimi; nasıl çık-; nasıl iptal ed-; çıkmak istiyorum; çıkarın',
    'listeden; çıkarılmak; mesaj atma; mesaj atmayın; mesaj atmayınız; mesaj gönderme; mesaj göndermeyin',
    'mesaj istemiyorum; mesaj yazma; mesaj almak istemiyorum; sms istemiyorum; sms atma-; yazma bana',
    'yazmayın; yazmayın bana; bana yazma; bana yazmayın; aramayın; arama beni; beni arama; numaramı sil-',
    'numaramı çıkar-; sil beni; beni sil-; silin; durdurun; kesin artık; kes artık; yeter artık',
    'artık yeter; bırakın artık; defol; siktir; kapa çeneni; şikayet; savcılığa; taciz; engelleyeceğim',
    'engelliyorum; spam; reklam istemiyorum; istemiyorum mesaj; siktir-; siktig-',
  ],
  reviewHere: ['dur artık; lanet'],
  alone: ['yeter; sil; yanlış; kes; bırak; çık'],
  politeness: [
    'lütfen; lutfen; rica ederim; rica ediyorum; teşekkürler; teşekkür ederim; teşekkür ederiz',
    'çok teşekkürler; sağolun; sağ olun; sağol; sağ ol; saygılar; iyi günler',
  ],
};
