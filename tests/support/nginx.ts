import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { createTempFolder, removeFolder } from './processes.js';

// Debian keeps it off the PATH of users.
const PROGRAM = '/usr/sbin/nginx';

/** For tests that need it; see `needs.ts`. */
export const nginx = {
  isMissing: !existsSync(PROGRAM),
  options: { meta: { needs: 'nginx (Debian: nginx-light)' } },
};

/** Starts nginx with `deploy/nginx/dossier.conf`, in which addresses are replaced. */
export async function startNginx(addresses: Readonly<Record<string, string>>): Promise<{ stop: () => Promise<void> }> {
  const folder = createTempFolder();
  // In one step: a new address may contain one that is replaced.
  const configuration = readFileSync(join(workspaceRoot(), 'deploy/nginx/dossier.conf'), 'utf8')
    .replace(/^\s*#.*$/gm, '')
    .replace(/\d+\.\d+\.\d+\.\d+:\d+/g, (address) => {
      const replacement = addresses[address];
      if (replacement === undefined) throw new Error(`No address replaces ${address}.`);
      return replacement;
    });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    // As root, workers run as another user by default, who cannot write to the folder.
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${folder}/pid; worker_processes 1; error_log stderr crit; events { worker_connections 1024; }
     http { access_log off; ${temporary.join(' ')}\n${configuration}\n}`,
  );
  const child = spawn(PROGRAM, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit');
  const front = addresses['127.0.0.1:8000'] ?? '127.0.0.1:8000';
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${output}`);
    const isListening = await fetch(`http://${front}/healthz`).then(
      () => true,
      () => false,
    );
    if (isListening) break;
    await new Promise((later) => setTimeout(later, 20));
  }
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      removeFolder(folder);
    },
  };
}
