import { CommandError } from '../errors';
import { compileAddFields, compileProjection, type Project } from '../query/projection';
import { type Doc, isDoc, typeName } from '../values/types';
import { compileExpression } from './expressions';
import type { Variables } from './runtime';

/** Stages that make one document of one document; a pipeline update has these alone. */
const STAGES: Record<string, (argument: unknown) => Project> = {
  $set: (argument) => compileAddFields(docOf('$set', argument)),
  $addFields: (argument) => compileAddFields(docOf('$addFields', argument)),
  $project: (argument) => compileProjection(docOf('$project', argument), true),
  $unset: (argument) => {
    const paths = (Array.isArray(argument) ? argument : [argument]) as unknown[];
    if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
      throw new CommandError(31002, '$unset specification must be a string or an array with at least one field');
    }
    return compileProjection(Object.fromEntries(paths.map((path) => [path, false])), true);
  },
  $replaceRoot: (argument) => replaceRoot(docOf('$replaceRoot', argument).newRoot),
  $replaceWith: replaceRoot,
};

function docOf(name: string, argument: unknown): Doc {
  if (!isDoc(argument)) throw new CommandError(40272, `${name} specification stage must be an object, got ${typeName(argument)}`);
  return argument;
}

function replaceRoot(expression: unknown): Project {
  const evaluate = compileExpression(expression);
  return (document, variables) => {
    const root = evaluate(document, variables);
    if (!isDoc(root))
      throw new CommandError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : String(root)}`,
      );
    return root;
  };
}

export const isPerDocument = (name: string): boolean => Object.prototype.hasOwnProperty.call(STAGES, name);

export const perDocument = (name: string, argument: unknown): Project | undefined =>
  isPerDocument(name) ? STAGES[name]!(argument) : undefined;

/** A pipeline of such stages as one function. */
export function compileStages(pipeline: readonly Doc[]): (document: Doc, variables: Variables) => Doc {
  const steps = pipeline.map((stage) => {
    const [name] = Object.keys(stage);
    const step = perDocument(name!, stage[name!]);
    if (!step) throw new CommandError(72, `${name} is not allowed to be used within an update`);
    return step;
  });
  return (document, variables) => steps.reduce((current, step) => step(current, variables), document);
}
