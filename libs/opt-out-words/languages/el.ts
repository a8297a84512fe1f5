import { type LanguageWords } from '../language-words';

/** Greek. */
export const el: LanguageWords = {
  code: 'el',
  optOut: [
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'everywhere', words: ['στοπ', 'διακοπή'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['μην μου στέλνετε', 'διαγράψτε τον αριθμό μου', 'σταματήστε να μου στέλνετε μηνύματα'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: ['διαγραφή', 'απεγγραφή', 'σταματήστε', 'μη μου στέλνετε άλλα μηνύματα', 'όχι άλλα μηνύματα', 'stop'],
    },
    { source: 'own', scope: 'language', words: ['τέλος', 'ακύρωση'] },
  ],
  optIn: [
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'language',
      when: 'afterStop',
      words: ['ναι'],
    },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['έναρξη'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['εγγραφή'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['βοήθεια'] }],
  everyday: ['διακοπή'],
  review: [
    'άσε με ήσυχ-; αφήστε με ήσυχ-; αφήστε με; άσε με; παράτα με; παρατήστε με; λάθος αριθμός',
    'λάθος αριθμό; λάθος νούμερο; λάθος τηλέφωνο; λάθος άτομο; λάθος κάνετε; δεν είναι ο αριθμός μου',
    'δεν είναι δικό μου; στοπ; σταμάτα; σταματήστε; σταματα-; μην μου; μη μου; μη με ενοχλ-',
    'μην με ενοχλ-; μην ενοχλ-; μη με παίρνετε; μη γράφετε; μην στέλνετε; μη στέλνετε; όχι άλλα',
    'δεν θέλω μηνύματα; δεν θέλω άλλα; δεν θέλω να λαμβάνω; δε θέλω άλλα; διαγράψτε; διέγραψε; διαγραφ-',
    'διαγραφώ; απεγγραφ-; απεγγράφομαι; αφαιρέστε; βγάλτε με; βγάλε με; από τη λίστα; άντε γαμ-; γαμ-',
    'χέσε μας; άι στο διάολο; άντε στο διάολο; μαλάκ-; παρενόχληση; παρενοχλείτε; με ενοχλείτε; ενοχλείτε',
    'θα σας καταγγείλω; καταγγελία; ανακαλώ; πώς σταματάω; πώς να σταματήσω; spam; δεν επιθυμώ μηνύματα',
    'δεν επιθυμώ να λαμβάνω; δεν επιθυμώ άλλα',
  ],
  reviewHere: [],
  alone: ['φτάνει; αρκετά; διαγραφή; λάθος'],
  politeness: ['παρακαλώ; σας παρακαλώ; ευχαριστώ; ευχαριστώ πολύ; σας ευχαριστώ; σε παρακαλώ; ευχαριστούμε', 'με εκτίμηση'],
};
