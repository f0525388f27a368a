// Enqueue jobs in Coursework. One file, Node 18 or newer, no packages.
//
//     const jobs = new Coursework('https://jobs.example.org', key)
//     const job = await jobs.enqueue('email.send', { to: 'ada@example.org', template: 'welcome' }, { track: true })
//     const { state } = await jobs.wait(job.id)
//
// Each call makes its idempotency key once and asks again under that key, so that a lost answer makes no second job.
// `enqueueIn` needs no server: it writes the job in your own database transaction.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @typedef {object} JobOptions
 * @property {string} [queue] By default the type's own.
 * @property {number} [delay] Not before this long from now, in milliseconds.
 * @property {Date} [at] Not before this time; without `delay`.
 * @property {{ key: string, mode?: 'reject' | 'replace' | 'debounce' | 'throttle', window?: number }} [unique]
 *     Not beside another job with this key that has not ended.
 * @property {number} [expire] Do not run it later than this long from now, in milliseconds.
 * @property {boolean | number} [track] Keep state, progress and result for a day, or for so many milliseconds.
 * @property {string} [batch] The id of the batch whose member it becomes.
 * @property {boolean} [durable] As a row of the database's outbox: Redis need not be there.
 * @property {string} [idempotencyKey] Names the business event, such as `welcome-4711`; by default a new one is made.
 *
 * @typedef {{ type: string, args?: object } & JobOptions} Job
 *
 * @typedef {{ id: string, state: 'enqueued' | 'duplicate' | 'replaced' | 'throttled' }} Enqueued
 *     The job that stands for a call.
 *
 * @typedef {{ id: string, state: string, type: string, attempt: number, progress?: number, result?: string,
 *     error?: string, reason?: string, [more: string]: unknown }} JobState
 *
 * @typedef {object} Settings
 * @property {number} [timeout] Of one attempt, in milliseconds: 10,000.
 * @property {number} [attempts] How often a call is tried in all: 6. The pauses between them grow from 0.2 to 5 seconds.
 */

const codes = {
  0: 'unreachable', 400: 'malformed', 401: 'unauthorized', 403: 'forbidden', 404: 'unknown', 409: 'conflict',
  413: 'too_large', 422: 'invalid', 429: 'too_many_requests', 503: 'unavailable', 504: 'late',
}
const repeatable = new Set([0, 429, 502, 503, 504])
const ended = new Set(['done', 'discarded', 'cancelled', 'expired', 'dead'])
const mostJobs = 10_000
const longestPause = 30_000
const longestLook = 20_000

/** What the server refused, or that it could not be reached. */
export class CourseworkError extends Error {
  name = 'CourseworkError'

  /**
   * @param {number} status
   * @param {string} message
   * @param {string} [code]
   */
  constructor(status, message, code) {
    super(message)
    /** Of the answer; 0 where there was none. */
    this.status = status
    /** invalid, unavailable, unreachable, … */
    this.code = code ?? codes[status] ?? 'failed'
    /** What is wrong in the request, as a JSON pointer such as /args/to. @type {string | undefined} */
    this.field = /^(\/\S*) /.exec(message)?.[1]
  }

  get mayBeRepeated() { return repeatable.has(this.status) }
}

export class Coursework {
  #url
  #key
  #timeout
  #attempts

  /**
   * @param {string} url
   * @param {string} key Of `coursework keys create NAME --role producer`. It is in no message, and nothing prints it.
   * @param {Settings} [settings]
   */
  constructor(url, key, { timeout = 10_000, attempts = 6 } = {}) {
    const { protocol } = new URL(url)
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new TypeError('The address of Coursework must be an http or https URL.')
    }
    // Looked at here: what refuses a header later tells its value.
    if (!/^[!-~]+$/.test(key)) {
      throw new TypeError('The key of Coursework must be printable ASCII, without spaces or line ends.')
    }
    this.#url = url.replace(/\/+$/, '')
    this.#key = key
    this.#timeout = timeout
    this.#attempts = Math.max(1, attempts)
  }

  // Enqueueing

  /**
   * Stores one job.
   * @param {string} type
   * @param {object} [args]
   * @param {JobOptions & { traceparent?: string }} [options]
   * @returns {Promise<Enqueued>}
   */
  async enqueue(type, args = {}, { traceparent, ...options } = {}) {
    return this.#ask('POST', '/v1/jobs', { body: specification({ type, args, ...options }), traceparent })
  }

  /**
   * Stores up to 10,000 jobs, and answers for each in their order: what is wrong with one holds up no other.
   * @param {Job[]} jobs
   * @param {{ traceparent?: string }} [options]
   * @returns {Promise<(Enqueued | CourseworkError)[]>}
   */
  async enqueueMany(jobs, { traceparent } = {}) {
    if (jobs.length > mostJobs) {
      throw new RangeError(`${jobs.length} jobs are too many for one call: ${mostJobs} are allowed.`)
    }
    const specifications = jobs.map(specification)
    const results = new Array(jobs.length)
    let left = [...jobs.keys()]
    for (let attempt = 0; left.length > 0; attempt += 1) {
      const body = left.map((place) => specifications[place])
      const answer = await this.#ask('POST', '/v1/jobs', { body, traceparent })
      left.forEach((place, number) => { results[place] = result(answer.jobs[number]) })
      left = left.filter((place) => results[place] instanceof CourseworkError && results[place].mayBeRepeated)
      if (attempt + 1 >= this.#attempts) break
      if (left.length > 0) await sleep(pause(attempt))
    }
    return results
  }

  // One job

  /**
   * State, progress, result and whatever else is known; of a job that has ended only if it was tracked.
   * @param {string} id
   * @returns {Promise<JobState>}
   */
  async status(id) { return this.#ask('GET', path(id)) }

  /**
   * Waits for the end of a tracked job. Throws the code `timeout` when it does not come in time.
   * @param {string} id
   * @param {{ timeout?: number }} [options] In milliseconds: 60,000.
   * @returns {Promise<JobState>}
   */
  async wait(id, { timeout = 60_000 } = {}) {
    const end = performance.now() + timeout
    while (true) {
      const look = Math.max(1, Math.min(longestLook, Math.floor(end - performance.now())))
      const job = await this.#ask('GET', `${path(id)}?wait=${look}ms`, { patience: look })
      if (ended.has(job.state)) return job
      if (performance.now() >= end) {
        throw new CourseworkError(0, `The job ${id} has not ended within ${timeout} ms.`, 'timeout')
      }
    }
  }

  /**
   * cancelled, cancelling (it runs, and is told to stop), or the state in which it had ended.
   * @param {string} id
   * @returns {Promise<string>}
   */
  async cancel(id) { return (await this.#ask('DELETE', path(id))).result }

  // HTTP

  async #ask(method, path, { body, traceparent, patience = 0 } = {}) {
    // Written once: a request that is sent again is the same one, byte for byte.
    const text = body && JSON.stringify(body)
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt + 1 >= this.#attempts
      const answer = await this.#send(method, path, text, traceparent, this.#timeout + patience)
      const wait = pause(attempt, answer.retryAfter)
      if (answer.refusal?.mayBeRepeated && !isLast && wait <= longestPause) await sleep(wait)
      else if (answer.data) return answer.data
      else throw answer.refusal ?? new CourseworkError(answer.status, 'That is no answer of Coursework.', 'failed')
    }
  }

  /** Never throws: that nobody answered is an answer, too. */
  async #send(method, path, body, traceparent, timeout) {
    const headers = {
      authorization: `Bearer ${this.#key}`, accept: 'application/json', 'user-agent': 'coursework-node',
      ...(body && { 'content-type': 'application/json' }), ...(isTrace(traceparent) && { traceparent }),
    }
    try {
      const response = await fetch(this.#url + path, {
        method, headers, body, redirect: 'error', signal: AbortSignal.timeout(timeout),
      })
      const isData = /^application\/json\b/.test(response.headers.get('content-type') ?? '')
      const content = await response.text()
      return {
        status: response.status, retryAfter: response.headers.get('retry-after'),
        data: isData ? JSON.parse(content) : undefined,
        refusal: response.ok ? undefined : refusal(response.status, content),
      }
    } catch (error) {
      const reason = error.cause?.message ?? error.message
      return { status: 0, refusal: new CourseworkError(0, `Coursework cannot be reached: ${reason}`) }
    }
  }
}

/**
 * Writes a job in the transaction of a client (node-postgres, or what queries like it): it is one exactly if that is
 * committed. Nothing is checked but its form: a wrong payload becomes a dead letter.
 * @param {{ query(text: string, values: unknown[]): Promise<{ rows: { id: string }[] }> }} client
 * @param {string} queue
 * @param {string} type
 * @param {object} [args]
 * @param {{ delay?: number, at?: Date, idempotencyKey?: string, traceparent?: string }} [options]
 * @returns {Promise<string>} The id of the job.
 */
export async function enqueueIn(client, queue, type, args = {}, { delay, at, idempotencyKey, traceparent } = {}) {
  const key = idempotencyKey === undefined ? null : `${queue}:${idempotencyKey}`
  const { rows } = await client.query(
    `WITH job AS (SELECT coalesce(md5($1::text)::uuid, gen_random_uuid()) AS id), written AS (
       INSERT INTO coursework.outbox (id, queue, type, args, run_at, trace)
       SELECT id, $2, $3, $4::json, coalesce($5::timestamptz, clock_timestamp() + make_interval(secs => $6::float8)), $7
       FROM job ON CONFLICT DO NOTHING
     ) SELECT id::text FROM job`,
    [key, queue, type, JSON.stringify(args), at?.toISOString() ?? null, delay === undefined ? null : delay / 1000,
      isTrace(traceparent) ? traceparent : null])
  return `${queue}:${rows[0].id}`
}

/** As the API takes it; what is undefined is left out of its JSON. */
function specification({
  type, args = {}, queue, delay, at, unique, expire, track, batch, durable, idempotencyKey, ...others
}) {
  for (const name of Object.keys(others)) throw new TypeError(`A job has no option ${name}.`)
  return {
    type, args, queue, delay_ms: delay, at: at?.toISOString(),
    unique: unique && { key: unique.key, mode: unique.mode, window_ms: unique.window }, expire_ms: expire,
    track: track === true || undefined, track_ms: typeof track === 'number' ? track : undefined, batch, durable,
    idempotency_key: idempotencyKey ?? randomUUID(),
  }
}

/** It may come from a stranger's request: what is none goes no further, and the trace begins with the job. */
function isTrace(text) { return /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(text ?? '') }

function result(answer) {
  if (!answer.error) return answer
  // The place of a job among the many says nothing to who has its answer.
  return new CourseworkError(answer.error.status, detail(answer.error).replace(/^\/\d+(?=\/)/, ''))
}

function refusal(status, content) {
  try {
    return new CourseworkError(status, detail(JSON.parse(content)))
  } catch {
    return new CourseworkError(status, `The answer was ${status}.`)
  }
}

function detail(problem) { return problem.detail ?? problem.title ?? 'It was refused.' }

/** In milliseconds; what the server says counts, and grows with some chance, so that many do not come back together. */
function pause(attempt, retryAfter) {
  if (retryAfter && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000 + Math.random() * 200
  return Math.min(5000, 200 * 2 ** attempt) * (0.5 + Math.random() / 2)
}

function path(id) { return `/v1/jobs/${encodeURIComponent(id).replace('%3A', ':')}` }
