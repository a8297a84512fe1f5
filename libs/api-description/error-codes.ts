import ts from 'typescript';
import { plain } from './type-schemas';

/** An error that the product answers with. */
export interface ErrorCode {
  code: string;
  status: number;
  /** From the docstring of its class. */
  description: string;
}

/** The errors of a source file: classes with a `kind` and a `code`, each a literal. */
export function errorCodesOf(file: ts.SourceFile, statuses: Record<string, number>): ErrorCode[] {
  const codes: ErrorCode[] = [];
  file.forEachChild((node) => {
    if (!ts.isClassDeclaration(node)) return;
    const kind = literalOf(node, 'kind');
    const code = literalOf(node, 'code');
    const status = kind === undefined ? undefined : statuses[kind];
    if (code === undefined || status === undefined) return;
    const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
    codes.push({ code, status, description: plain(ts.getTextOfJSDocComment(comment) ?? '') });
  });
  for (const [, subject] of file.text.matchAll(/new NotFound\('([A-Za-z ]+)'/g)) {
    const code = `${subject!.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`;
    codes.push({ code, status: 404, description: 'It does not exist in this workspace, whether or not it does in another.' });
  }
  return codes;
}

function literalOf(node: ts.ClassDeclaration, name: string): string | undefined {
  const field = node.members.find((member) => ts.isPropertyDeclaration(member) && member.name.getText() === name);
  const initializer = field && ts.isPropertyDeclaration(field) ? field.initializer : undefined;
  return initializer && ts.isStringLiteralLike(initializer) ? initializer.text : undefined;
}

/** The table of statuses by kind of error, as the product's error filter has it. */
export function statusesOf(file: ts.SourceFile): Record<string, number> {
  const statuses: Record<string, number> = {};
  file.forEachChild((node) => {
    if (!ts.isVariableStatement(node)) return;
    const [declaration] = node.declarationList.declarations;
    if (declaration?.name.getText() !== 'STATUS' || !declaration.initializer) return;
    if (!ts.isObjectLiteralExpression(declaration.initializer)) return;
    for (const property of declaration.initializer.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      statuses[property.name.getText().replace(/'/g, '')] = Number(property.initializer.getText());
    }
  });
  return statuses;
}
