export { parseTemplate, placeholdersOf, TemplateError } from './parse';
export { renderTemplate } from './render';
