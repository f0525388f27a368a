// What every client must do, against a running server: see Tests/ClientTests, which starts it and sets what is read here.
//
// node test.mjs

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { inspect } from 'node:util'
import { Coursework, CourseworkError, enqueueIn } from './coursework.mjs'

const queue = 'node'
const { COURSEWORK_URL: url, COURSEWORK_KEY: key } = process.env
const [noop, nap] = ['diagnostics.noop', 'diagnostics.sleep']
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const jobs = new Coursework(url, key)

async function errorOf(promise) {
  const error = await promise.then(() => assert.fail('nothing went wrong'), (error) => error)
  assert(error instanceof CourseworkError, error)
  assert(!inspect(error).includes(key), 'the key is told')
  return error
}

const tests = {
  async 'stores one job and waits for it'() {
    const job = await jobs.enqueue(nap, { seconds: 0.1 }, { queue, track: true, traceparent })
    assert(job.id.startsWith(`${queue}:`) && job.state === 'enqueued')
    assert.equal((await jobs.status(job.id)).id, job.id)
    assert.equal((await jobs.wait(job.id)).state, 'done')
    assert.equal(await jobs.cancel(job.id), 'done')
  },

  async 'one key is one job, for one request'() {
    const idempotencyKey = randomUUID()
    const first = await jobs.enqueue(noop, { course: 'größe 😀' }, { queue, idempotencyKey })
    const again = await jobs.enqueue(noop, { course: 'größe 😀' }, { queue, idempotencyKey })
    assert.deepEqual(again, { id: first.id, state: 'duplicate' })
    const other = await errorOf(jobs.enqueue(noop, { course: 'other' }, { queue, idempotencyKey }))
    assert.deepEqual([other.status, other.code], [422, 'invalid'])
    assert.match(other.message, /another request/)
  },

  async 'options are taken'() {
    const unique = { key: randomUUID(), mode: 'reject', window: 60_000 }
    const later = await jobs.enqueue(noop, {}, { queue, delay: 3_600_000, unique, expire: 7_200_000, track: 600_000 })
    assert.equal((await jobs.status(later.id)).state, 'scheduled')
    const second = await jobs.enqueue(noop, {}, { queue, delay: 3_600_000, unique })
    assert.deepEqual(second, { id: later.id, state: 'duplicate' })
    assert.equal(await jobs.cancel(later.id), 'cancelled')
    const at = await jobs.enqueue(noop, {}, { queue, at: new Date(Date.now() + 3_600_000), track: true })
    assert.equal((await jobs.status(at.id)).state, 'scheduled')
    assert.equal(await jobs.cancel(at.id), 'cancelled')
    const row = await jobs.enqueue(noop, {}, { queue, durable: true })
    assert.match(row.id, /:[0-9a-f]{8}-/)
    assert.equal((await errorOf(jobs.enqueue(noop, {}, { queue, batch: `${queue}:none` }))).status, 422)
  },

  async 'many have an answer each'() {
    const many = Array.from({ length: 1001 }, (_, number) => (
      { type: nap, args: { seconds: number === 700 ? 'x' : 0 }, queue }))
    const answers = await jobs.enqueueMany(many)
    assert.equal(answers.length, 1001)
    assert.equal(new Set(answers.flatMap(({ id }) => id ?? [])).size, 1000)
    assert(answers[700] instanceof CourseworkError)
    assert.deepEqual([answers[700].code, answers[700].field], ['invalid', '/args/seconds'])
    assert.deepEqual(await jobs.enqueueMany([]), [])
  },

  async 'errors say what is wrong'() {
    const wrong = await errorOf(jobs.enqueue(nap, { seconds: 'x' }))
    assert.deepEqual([wrong.status, wrong.code, wrong.field], [422, 'invalid', '/args/seconds'])
    assert.equal((await errorOf(jobs.status(`${queue}:none`))).code, 'unknown')
    assert.equal((await errorOf(new Coursework(url, 'cwk_x').status('x:y'))).code, 'unauthorized')
    const held = await jobs.enqueue(noop, {}, { queue, delay: 3_600_000, track: true })
    assert.equal((await errorOf(jobs.wait(held.id, { timeout: 200 }))).code, 'timeout')
    assert.equal(await jobs.cancel(held.id), 'cancelled')
    assert(!inspect(jobs, { showHidden: true }).includes(key))
    assert.throws(() => new Coursework(url, `${key}\n`), (error) => !error.message.includes(key))
    assert((await jobs.enqueue(noop, {}, { queue, delay: 3_600_000, unique: { key: 'trace' }, traceparent: 'x\r\ny: z' })).id)
  },

  async 'whatever the network does, it is one job'() {
    const faulty = new Coursework(process.env.COURSEWORK_FAULTY_URL, key)
    assert.equal((await faulty.enqueue(noop, { template: 'one' }, { queue })).state, 'duplicate')
    const answers = await faulty.enqueueMany(Array.from({ length: 3 }, () => ({ type: noop, args: { template: 'many' }, queue })))
    assert.deepEqual(answers.map(({ state }) => state), ['duplicate', 'duplicate', 'duplicate'])
  },

  async 'nobody there is said in time'() {
    const silent = new Coursework(process.env.COURSEWORK_SILENT_URL, key, { timeout: 200, attempts: 2 })
    const error = await errorOf(silent.enqueue(noop))
    assert.deepEqual([error.status, error.code], [0, 'unreachable'])
  },

  async 'a row is a job if it is committed'() {
    const client = await Database.open(process.env.COURSEWORK_DATABASE)
    const idempotencyKey = randomUUID()
    await client.query('BEGIN')
    await enqueueIn(client, queue, noop, { template: 'rolled back' })
    await client.query('ROLLBACK')
    await client.query('BEGIN')
    const row = await enqueueIn(client, queue, noop, { template: 'committed' }, { delay: 10, idempotencyKey, traceparent })
    assert.equal(await enqueueIn(client, queue, noop, { template: 'committed' }, { idempotencyKey }), row)
    await enqueueIn(client, queue, noop, { template: 'committed' }, { at: new Date() })
    await client.query('COMMIT')
    client.end()
  },
}

/** As much of PostgreSQL's protocol as `query` of node-postgres needs: these tests install no packages. */
class Database {
  #socket
  #received = Buffer.alloc(0)

  static async open(url) {
    const { hostname, port, username, pathname } = new URL(url)
    const database = new Database()
    database.#socket = connect({ host: hostname, port: Number(port) })
    database.#socket.on('data', (piece) => { database.#received = Buffer.concat([database.#received, piece]) })
    const words = Buffer.from(`user\0${username}\0database\0${pathname.slice(1)}\0\0`)
    database.#socket.write(Buffer.concat([int32(words.length + 8), int32(196_608), words]))
    await database.#answer()
    return database
  }

  async query(text, values = []) {
    const bound = values.map((value) => (value === null ? int32(-1) : sized(Buffer.from(String(value)))))
    this.#socket.write(Buffer.concat([
      message('P', Buffer.from(`\0${text}\0`), int16(0)),
      message('B', Buffer.from('\0\0'), int16(0), int16(values.length), ...bound, int16(0)),
      message('D', Buffer.from('P\0')), message('E', Buffer.from('\0'), int32(0)), message('S'),
    ]))
    const answer = await this.#answer()
    const error = answer.find(({ kind }) => kind === 'E')
    if (error) throw new Error(error.content.toString())
    return { rows: answer.filter(({ kind }) => kind === 'D').map(({ content }) => ({ id: content.toString('utf8', 6) })) }
  }

  end() { this.#socket.end() }

  /** The messages up to the one that says that it is ready. */
  async #answer() {
    const messages = []
    while (true) {
      while (this.#received.length < 5 || this.#received.length < this.#received.readInt32BE(1) + 1) {
        await once(this.#socket, 'data')
      }
      const end = this.#received.readInt32BE(1) + 1
      const kind = String.fromCharCode(this.#received[0])
      messages.push({ kind, content: this.#received.subarray(5, end) })
      this.#received = this.#received.subarray(end)
      if (kind === 'Z') return messages
    }
  }
}

function int16(number) { const bytes = Buffer.alloc(2); bytes.writeInt16BE(number); return bytes }
function int32(number) { const bytes = Buffer.alloc(4); bytes.writeInt32BE(number); return bytes }
function sized(bytes) { return Buffer.concat([int32(bytes.length), bytes]) }
function message(kind, ...parts) {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(kind), int32(content.length + 4), content])
}

for (const [name, test] of Object.entries(tests)) {
  await test()
  console.log('ok', name)
}
