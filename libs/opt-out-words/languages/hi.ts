import { type LanguageWords } from '../language-words';

/** Hindi. */
export const hi: LanguageWords = {
  code: 'hi',
  optOut: [
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['बंद करो', 'मुझे मैसेज करना बंद करो', 'मैसेज मत भेजो', 'मुझसे संपर्क मत करो'],
    },
    { source: 'public source code (stop words mr/hi)', scope: 'everywhere', words: ['बंद'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'बंद करें',
        'बंद कीजिए',
        'स्टॉप',
        'मैसेज मत भेजिए',
        'मैसेज बंद करो',
        'संदेश मत भेजो',
        'मेरा नंबर हटाओ',
        'मेरा नंबर हटा दो',
        'सदस्यता समाप्त',
        'stop',
      ],
    },
    { source: 'own', scope: 'language', words: ['रोको'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['हाँ', 'हां'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['शुरू', 'शुरू करें'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['स्टार्ट'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['मदद', 'सहायता'] }],
  everyday: ['बंद'],
  review: [
    'बंद करो; बंद करें; बंद कीजिए; बंद कर दो; बंद कर दीजिए; बंद कर; बंद करना; बंद करूँ; बंद करू; बंद कैसे',
    'बन्द करो; बन्द करें; कैसे बंद; स्टॉप; रोको; रोकिए; रोकें; कैसे रोक-; मत भेज-; मत भेजो; मत भेजिए',
    'मत भेजना; ना भेज-; न भेज-; मत करो; मत कीजिए; मत करें; मत लिखो; मत करिए; परेशान; तंग; छोड़ दो',
    'छोड़ दीजिए; अकेला छोड़-; पीछा छोड़-; ग़लत नंबर; गलत नंबर; गलत नम्बर; नंबर गलत; राँग नंबर; रॉन्ग नंबर',
    'रांग नंबर; गलत व्यक्ति; गलत आदमी; मेरा नंबर नहीं; नंबर हटा-; नंबर हटाओ; नंबर हटा; नाम हटा-',
    'मुझे हटा-; हटा दो; हटाओ; हटाइए; लिस्ट से; सूची से; डिलीट; सदस्यता समाप्त; सदस्यता रद्द; अनसब्सक्राइब',
    'नहीं चाहिए मैसेज; मैसेज नहीं चाहिए; संदेश नहीं चाहिए; भाड़ में; चुप रहो; भाग जाओ; निकल जाओ; दफ़ा हो',
    'दफा हो; कुत्ते; कमीने; हरामी; बेवकूफ; शिकायत; ब्लॉक कर-; स्पैम; galat number; mat bhejo; band karo',
    'band kare; pareshan mat; message mat',
  ],
  reviewHere: [],
  alone: ['बस; बस करो; हटाओ; गलत; रुको; बंद'],
  politeness: [
    'कृपया; कृपा; कृपया करके; प्लीज; प्लीज़; धन्यवाद; शुक्रिया; मेहरबानी; मेहरबानी करके; जी; कृपा करके',
    'थैंक यू; थैंक्यू; थैंक्स; बहुत धन्यवाद; kripya; dhanyavad',
  ],
};
