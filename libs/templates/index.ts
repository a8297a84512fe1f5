export {
  parseTemplate,
  placeholdersOf,
  TemplateError,
  type ParsedTemplate,
  type Placeholder,
  type TemplateProblem,
} from './parse';
export { renderTemplate, type Lookup } from './render';
