/**
 * Recognises what the columns of a stranger's file hold, by the words in their names.
 *
 * **How the score is made.** A name is taken apart into words (`words.ts`): at what is no letter or digit, at
 * digits, at changes of case, and where words of the vocabulary are written together ("Telefonnummer",
 * "mobilephone"); accents and case do not count. The vocabulary (`languages/`) says what each word can say,
 * in seven languages at once. For each field of a lead there is a model (`meanings.ts`): the words that name
 * it, which bring the certainty to begin with; those that may stand beside them and cost nothing ("Work",
 * "Person", numbers, what a form says around a question); and what every other word takes away: a word that
 * names something else much, one that no language knows a little where it stands before ("Accountant Email")
 * and much where it stands behind ("Email Confidence"), and one that makes it no contact at all everything
 * (fax, pager, status, consent, a manager's or an assistant's). The best field wins where its certainty is
 * 0.5 or more; else the column stays a custom field.
 *
 * Then the neighbours have a say (`guess.ts`): "Name" is a last name beside a first name. "… - Type" and "… -
 * Label" are tied to the column that they are about (`type-columns.ts`). Last, columns of one meaning are put
 * in order (`places.ts`): the surest name wins over the one further left; phones and e-mails fill the
 * alternates, mobiles before landlines.
 *
 * Where no name of a file holds a contact, or it has no header at all, its cells are looked at
 * (`recognise-cells.ts`).
 *
 * **To add a word**, write it into its language with the role that it has (`vocabulary-entries.ts` lists
 * them), where it was found, and a weight where a column of that name alone is not sure to hold the field. A
 * phrase is written with spaces ("first name") and is found joined and hyphenated too; umlauts are found as
 * "ae" too. **To add a language**, write a file like the others and name it in `languages/index.ts`. **To see
 * that it helps**, add the header of a file that has it to `fixtures/`, with what each column is to be, and
 * run the tests: a word that means something else in another language breaks a row there.
 */
export { type CellsHold, recogniseCells } from './recognise-cells';
export { type RecognisedColumn, recogniseColumns } from './recognise-columns';
export { kindOfPhone } from './type-columns';
