import JobQueue
import Jobs
import Logging
import Platform
import RedisClient
import WorkerRuntime

struct NoopJob: Job {
    static let type: JobType = "diagnostics.noop"; var user_id: Int; var template: String; var locale: String;
    var course: String; var plan: String; var sent_at: String
}
struct Noop: JobHandler { func handle(_ job: NoopJob, context: JobContext) async throws -> Outcome { .success() } }
let loop = try EventLoop()
var conf = try RedisConfiguration(url: "unix:///tmp/r.sock")
conf.spin = .microseconds(CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1])! : 0)
let client = RedisClient(conf, loop: loop)
let payload = Array(
    #"{"user_id":123456,"template":"welcome","locale":"en","course":"swift-101","plan":"pro","sent_at":"2026-11-21T10:00:00Z"}"#
        .utf8)
let q = JobQueue("bench", client: client)
try await FunctionLibrary(client: client).ensure()
func rate(_ name: String, _ n: Int, _ body: () async throws -> Void) async throws {
    let t = MonotonicTime.now; try await body(); let s = MonotonicTime.now.since(t);
    print(name, Int(Double(n) / s.seconds), "/s")
}
let job = NewJob("diagnostics.noop", queue: "bench", args: payload)
_ = try await client.call("DEL", q.keys.stream)
let n = 500000
let jobs = Array(repeating: job, count: 100000)
try await rate("bulk", n) { for _ in 0..<(n / 100000) { _ = await q.enqueue(contentsOf: jobs) } }
var reg = JobRegistry(); reg.register(Noop())
var opts = WorkerOptions(redis: try RedisConfiguration(url: "unix:///tmp/r.sock"), queues: ["bench"])
let wloop = try EventLoop()
let w = Worker(id: WorkerID(host: "x", process: 1), options: opts, registry: reg, loop: wloop, logger: .silent)
let done = Task { try await w.run() }
try await rate("drain", n) {
    while true {
        let s = try await q.statistics(); if s.ready + s.active == 0 { break }; await loop.sleep(for: .milliseconds(10))
    }
}
w.drain()
try await done.value
print(try await q.statistics())
_ = try await client.call("DEL", q.keys.stream)
