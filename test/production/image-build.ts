import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

export interface Image {
  /** The image's working folder, outside of the repository. */
  folder: string;
  environment: Record<string, string>;
  command: string[];
}

/** What `.dockerignore` keeps out of a folder that is copied. */
const IGNORED = new Set(['node_modules', 'dist']);
const QUIET = {
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
  npm_config_loglevel: 'error',
};

/** They say how the container runs, not what is in the image. */
const OF_THE_CONTAINER = new Set(['WORKDIR', 'USER', 'EXPOSE', 'HEALTHCHECK']);

/** The instructions of a Dockerfile, one a line: continued lines joined, comments left out. */
function instructionsOf(dockerfile: string): [name: string, rest: string][] {
  return readFileSync(dockerfile, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return [name, rest.join(' ')];
    });
}

/**
 * Carries out the repository's Dockerfile without Docker: each stage is a folder under `root`, COPY and RUN
 * happen there, and of the base images nothing is taken but that they have node and npm.
 * @throws Error for an instruction that is not understood here, so that the Dockerfile cannot say something
 * that goes unnoticed
 */
export function buildImage(root: string): Image {
  const stages = new Map<string, string>();
  let image: Image = { folder: root, environment: {}, command: [] };

  const copy = (rest: string): void => {
    const words = rest.split(' ');
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.filter((word) => !word.startsWith('--'));
    const target = paths.pop()!;
    for (const path of paths) {
      const source = from ? join(stages.get(from)!, path.replace(/^\/app\//, '')) : resolve(path);
      const isFolder = target === './' || target.endsWith('/');
      const filter = (file: string) => from !== undefined || !IGNORED.has(basename(file));
      cpSync(source, join(image.folder, isFolder ? join(target, basename(path)) : target), { recursive: true, filter });
    }
  };

  for (const [name, rest] of instructionsOf(resolve('Dockerfile'))) {
    if (name === 'FROM') {
      const stage = / AS (\S+)$/i.exec(rest)?.[1] ?? 'image';
      image = { folder: join(root, stage), environment: {}, command: [] };
      stages.set(stage, image.folder);
      mkdirSync(image.folder, { recursive: true });
    } else if (name === 'COPY') copy(rest);
    else if (name === 'RUN') {
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...QUIET, ...image.environment };
      execFileSync('sh', ['-c', rest], { cwd: image.folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    } else if (name === 'ENV') {
      const [, key, value] = /^(\w+)="?([^"]*)"?$/.exec(rest)!;
      image.environment[key!] = value!;
    } else if (name === 'CMD') image.command = JSON.parse(rest) as string[];
    else if (!OF_THE_CONTAINER.has(name))
      throw new Error(`The Dockerfile has an instruction that the test does not carry out: ${name} ${rest}`);
  }
  return image;
}
