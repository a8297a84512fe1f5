export { parseTemplate, placeholdersOf, TemplateError } from './parse';
export { keysWithoutFallback, templateWarnings, type FieldUse, type TemplateWarning } from './warnings';
export { renderTemplate } from './render';
