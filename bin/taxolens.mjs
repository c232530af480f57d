#!/usr/bin/env node
// Plain JavaScript for the Node that happens to be there (18 or newer): it installs what the lock file says, then
// hands over to src/main.ts under the Node that the lock file brought.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './bootstrap/install.mjs';
import { main } from './bootstrap/main.mjs';
import { PROJECT_DIR, say } from './bootstrap/paths.mjs';
import { EX_USAGE, run } from './bootstrap/run.mjs';

const USAGE = `Usage: taxolens <command>

  serve                start the API and, without DATABASE_URL, the database (npm start)
  worker               run background jobs only, beside a process that serves
  migrate              bring the database up to date and set the rights of the application role
  backup <directory>   copy the embedded database to a new directory, while it is in use
  restore <directory>  make the embedded database from such a copy, where there is none
  model <command>      the models of this machine:
    list               what the registry has, and what was added
    add <model>        add one: an id of the registry, a manifest file or a model directory
                       (--from <directory>: copies instead of the hub; --precision fp32, fp16 or int8)
    show [<model>]     check the files of one, of the default without a name, and say what it is
    check [<model>]    run it here: speed, memory, reference vectors, precisions, the example pictures
    verify [<id>]      compare the files of one or all with what they were when they were added
    remove <id>        take one away
  bench                measure how full batches are with the model in use
  help                 show this text
  version              show the version

The configuration comes from environment variables: see "Configuration" in README.md.
`;

const COMMANDS = {
  serve: { restart: true },
  worker: { restart: true },
  migrate: {},
  backup: {},
  restore: {},
  model: {},
  bench: {},
};

const [name = 'help', ...args] = process.argv.slice(2);

await main(async () => {
  if ([name, ...args].some((word) => ['help', '--help', '-h'].includes(word))) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (['version', '--version', '-v'].includes(name)) {
    const { version } = JSON.parse(readFileSync(path.join(PROJECT_DIR, 'package.json'), 'utf8'));
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    say(`There is no command '${name}'.\n\n${USAGE}`);
    return EX_USAGE;
  }
  await ensureInstalled();
  return run(path.join(PROJECT_DIR, 'src', 'main.ts'), [name, ...args], COMMANDS[name]);
});
