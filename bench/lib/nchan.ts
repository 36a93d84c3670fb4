import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../tests/support/postgres.ts'
import { until } from '../../tests/support/until.ts'

const binary = '/usr/sbin/nginx'
const module = '/usr/lib/nginx/modules/ngx_nchan_module.so'

/** Why it cannot be measured here; null where it can. */
export const noNchan = () =>
  existsSync(binary) && existsSync(module) ? null : "nchan is left out: Debian's libnginx-mod-nchan is not installed"

/** nginx with nchan and one worker, which keeps the last events in memory. */
export async function startNchan() {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-nchan-'))
  const port = await freePort()
  writeFileSync(
    join(folder, 'nginx.conf'),
    `load_module ${module};
daemon off;
worker_processes 1;
worker_rlimit_nofile 30000;
pid ${folder}/pid;
error_log stderr crit;
events { worker_connections 20000; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 10000000;
  server {
    listen 127.0.0.1:${port};
    location = /ready { return 204; }
    location = /publish { nchan_publisher; nchan_channel_id all; nchan_message_buffer_length 1000; }
    location = /subscribe { nchan_subscriber websocket; nchan_channel_id all; nchan_subscriber_first_message newest; }
  }
}
`,
  )
  const child = spawn(binary, ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const leave = () => child.kill('SIGTERM')
  process.once('exit', leave)
  await until(
    () =>
      fetch(`http://127.0.0.1:${port}/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    5000,
  )
  const { stdout } = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
  return {
    port,
    pids: stdout.split('\n').filter(Boolean).map(Number),
    async stop() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', leave)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
