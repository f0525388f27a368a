import ProgramSupport
import TestSupport
import Testing

@Suite("redis acl", .inTurns)
struct RedisACLTests {
    /// As README.md says it.
    @Test func `closes a Redis that is in use, and nobody notices`() async throws {
        try await Site.with(isClosed: false) { site in
            let old = try await site.startWorker()
            let folder = site.dataFolder + "/accounts"
            let list = try await site.run("redis", "acl", "--accounts", folder, environment: ["REDIS_ACCOUNTS": ""])
            #expect(list.exit == .code(0), "\(list)")
            for line in list.output.split(separator: "\n").map({ $0.split(separator: " ").map(String.init) })
            where line[1] != "default" {
                let set = try await site.run(
                    program: "redis-cli", site.redisWords + ["ACL", "SETUSER"] + line.dropFirst())
                #expect(set.output == "OK\n", "\(set)")
            }
            // Now that their passwords are there, programs that start sign in.
            let new = try await site.startWorker()
            let open = try await site.run("doctor").output
            #expect(open.contains("warning  redis access: Whoever reaches this Redis"), "\(open)")
            let ended = try await old.end()
            #expect(ended.exit == .code(0), "\(ended)")
            // By one client, since no other one gets in any more.
            let commands = try site.write(
                "ACL SETUSER default off resetpass\nCLIENT KILL USER default\n".utf8, to: "commands")
            let off = try await site.run(program: "redis-cli", site.redisWords, input: .file(commands))
            #expect(off.exit == .code(0) && off.output.hasPrefix("OK\n"), "\(off)")

            let closed = try await site.run("doctor").output
            #expect(closed.contains("ok       redis access: Strangers are refused"), "\(closed)")
            let stranger = try await site.run(program: "redis-cli", site.redisWords + ["PING"])
            #expect(stranger.output.contains("NOAUTH"), "\(stranger)")
            let done = try await site.run("enqueue", "diagnostics.noop", "--unchecked", "--args", "{}", "--wait")
            #expect(done.exit == .code(0), "\(done)")
            #expect(new.isRunning)
        }
    }
}
