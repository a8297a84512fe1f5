import { type LanguageWords } from '../language-words';

/** Arabic. */
export const ar: LanguageWords = {
  code: 'ar',
  optOut: [
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'everywhere',
      words: ['توقف', 'إلغاء الاشتراك'],
    },
    { source: 'public source code (stop words in eight languages)', scope: 'everywhere', words: ['إلغاء'] },
    { source: 'public source code (SMS keywords fr/ar)', scope: 'everywhere', words: ['إيقاف'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['توقف عن مراسلتي', 'لا ترسل لي مرة أخرى', 'احذف رقمي'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: ['أوقف', 'أوقفوا الرسائل', 'لا ترسل', 'لا ترسلوا لي رسائل', 'لا تراسلني', 'ألغي اشتراكي', 'كفى رسائل', 'stop'],
    },
    { source: 'own', scope: 'language', words: ['قف', 'كفى'] },
  ],
  optIn: [
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'language',
      when: 'afterStop',
      words: ['نعم'],
    },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['ابدأ', 'تفعيل'] },
    { source: 'own', scope: 'language', when: 'always', words: ['اشتراك'] },
  ],
  help: [{ source: 'public source code (SMS keywords fr/ar)', scope: 'everywhere', words: ['مساعدة'] }],
  everyday: ['إلغاء', 'إيقاف'],
  review: [
    'توقف; توقفوا; توقفي; أوقف; أوقفوا; أوقفي; إلغاء الاشتراك; إلغاء اشتراكي; الغاء اشتراك; ألغي اشتراكي',
    'ألغ اشتراكي; الغي الاشتراك; لا ترسل; لا ترسلوا; لا ترسلي; لا تراسلني; لا تراسلوني; لا تتصل',
    'لا تتصلوا; لا تكتب; لا تزعجني; لا تزعجوني; لا تزعج; ازعاج; إزعاج; تزعجني; تزعجونني; اتركني; اتركوني',
    'اتركيني; دعني وشأني; دعوني وشأني; وشأني; كف عن; كفوا عن; كفاية; رقم خاطئ; رقم خطأ; رقم غلط',
    'الرقم غلط; الرقم خطأ; الرقم خاطئ; الرقم الخطأ; الرقم الغلط; غلطان; غلطانين; مخطئ في الرقم',
    'أخطأت الرقم; اخطأت بالرقم; ليس رقمي; مش رقمي; مو رقمي; شخص خطأ; الشخص الخطأ; احذف; احذفوا; احذفني',
    'احذفوني; حذف رقمي; حذفي; امسح رقمي; شيل رقمي; شيلوا رقمي; أزل رقمي; أزيلوا; إزالة رقمي; ازالتي',
    'من القائمة; لا أريد رسائل; لا أريد استقبال; لا أريد المزيد; ما أبغى رسائل; ما ابي رسائل',
    'مش عايز رسائل; كس; انقلع; انقلعوا; اخرس; يلعن; تبا لك; كلب; حمار; سأبلغ; ابلغ عنكم; شكوى; بلاغ; سبام',
    'احظرك; كيف ألغي; كيف الغي; كيف أوقف; كيف اوقف',
  ],
  reviewHere: [],
  alone: ['كفى; كفاية; يكفي; خلاص; حذف; احذف; غلط; خطأ; بس'],
  politeness: [
    'من فضلك; من فضلكم; لو سمحت; لو سمحتم; لو سمحتي; رجاء; الرجاء; أرجوك; أرجوكم; شكرا; شكرا لك; شكرا لكم',
    'شكرا جزيلا; مع الشكر; وشكرا; تكرما; رجاءا',
  ],
};
