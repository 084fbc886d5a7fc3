import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const CODE = /[a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*/;

/** Every source of the library, without specs and what only they use. */
function sources(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('spec.ts') && !path.includes('testing'),
  );
}

/** All codes that errors are made with: of areas that some error names outright, wherever a string says one. */
function codesInSources(): Set<string> {
  const text = sources()
    .map((path) => readFileSync(join(__dirname, path), 'utf8'))
    .join('\n');
  const areas = new Set([...text.matchAll(/new FaceCoreError\(\s*'([a-z]+)\//g)].map(([, area]) => area));
  const literals = text.matchAll(new RegExp(`'(${CODE.source})'`, 'g'));
  return new Set([...literals].map(([, code = '']) => code).filter((code) => areas.has(code.split('/')[0])));
}

/** The codes of the README's table of errors. */
function codesInReadme(): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const table = readme.slice(readme.indexOf('## Errors'), readme.indexOf('Models, their sources'));
  return [...table.matchAll(new RegExp(`\`(${CODE.source})\``, 'g'))].map(([, code = '']) => code);
}

interface Exported {
  readonly name: string;
  readonly comment: string;
}

/** What the library exports, and its methods, each with its comment. */
function exported(): Exported[] {
  const index = join(__dirname, 'index.ts');
  const program = ts.createProgram([index], { strict: true, skipLibCheck: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(index) as ts.SourceFile) as ts.Symbol;
  return checker.getExportsOfModule(module).flatMap((alias) => {
    const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
    const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
    // Private ones have names that begin with #.
    const methods = members.filter(({ flags, name }) => flags & ts.SymbolFlags.Method && !name.includes('#'));
    return [symbol, ...methods].map((each) => ({
      name: `${alias.name} ${each.name}`,
      comment: commentOf(each),
    }));
  });
}

function commentOf(symbol: ts.Symbol): string {
  const comments = (symbol.declarations ?? []).flatMap((declaration) => {
    // A constant's comment belongs to its statement.
    const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return ts.getJSDocCommentsAndTags(node).map((comment) => comment.getText());
  });
  return comments.join('\n');
}

describe('the errors of the library', () => {
  const inSources = codesInSources();

  it('are all named in the README’s table, which names no others', () => {
    expect(inSources.size).toBeGreaterThan(40);
    expect([...codesInReadme()].sort()).toEqual([...inSources].sort());
  });

  it('are what the comments of exported symbols say, each of which has one', () => {
    const symbols = exported();
    expect(symbols.length).toBeGreaterThan(100);

    expect(symbols.filter(({ comment }) => comment === '').map(({ name }) => name)).toEqual([]);
    const unknown = symbols.flatMap(({ name, comment }) =>
      [...comment.matchAll(new RegExp(`\`(${CODE.source})\``, 'g'))]
        .map(([, code = '']) => code)
        .filter((code) => comment.includes('@throws') && !inSources.has(code))
        .map((code) => `${name}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });
});
