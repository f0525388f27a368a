import JobQueue
import Jobs
import Platform
import RedisClient
import RedisRoles
import TestSupport
import Testing

/// S-08: what each role may do at a real Redis, asked of the server itself.
@Suite("what each role may do at Redis")
struct RoleMatrixTests {
    /// What nobody needs for jobs, and what ruins, reads or takes over the whole server.
    private static let dangers = [
        "acl|setuser", "acl|load", "bgrewriteaof", "bgsave", "client|kill", "client|list", "cluster|reset",
        "config|get",
        "config|rewrite", "config|set", "debug", "eval", "eval_ro", "evalsha", "evalsha_ro", "failover", "flushall",
        "flushdb", "function|delete", "function|dump", "function|flush", "function|kill", "function|list",
        "function|restore", "keys", "latency|reset", "memory|usage", "migrate", "module|load", "monitor", "object|help",
        "psync", "publish", "replicaof", "restore", "save", "script|flush", "script|load", "shutdown", "slaveof",
        "slowlog|get", "sort", "subscribe", "swapdb", "sync",
    ]

    @Test func `each may use exactly the commands and functions of its list`() async throws {
        try await withClosedRedis { redis in
            let commands = try await Self.commands(redis.inspector)
            #expect(commands.count > 300)
            for role in RedisRole.allCases {
                let allowed = try await Self.allowed(role, commands, redis.inspector)
                let listed = Self.listed(role)
                // Whoever is not signed in yet must be able to.
                let free = Set(commands.filter(\.isForAnybody).map(\.name))
                #expect(allowed.symmetricDifference(listed.union(free)) == [], "\(role)")
                #expect(allowed.intersection(Self.dangers) == [], "\(role)")
                #expect(allowed.contains("function|load") == (role == .deploy))
            }
            #expect(Set(Self.dangers).subtracting(commands.map(\.name)) == [])
        }
    }

    @Test func `the list names nothing by category, and no function that there is not`() {
        let functions = Set(LuaCalls().functions.keys)
        #expect(functions.count > 50)
        #expect(AccessList.shipped.users.map(\.name) == ["default"] + RedisRole.allCases.map(\.rawValue))
        // Who nobody is must still have all rights: see below.
        #expect(AccessList.shipped.users.first?.rules == ["off", "resetpass", "~*", "&*", "+@all"])
        for user in AccessList.shipped.users.dropFirst() {
            #expect(user.rules.contains("-@all") && user.rules.contains("resetchannels"))
            #expect(!user.rules.contains { $0.hasPrefix("+@") || $0 == "allcommands" || $0 == "allkeys" || $0 == "~*" })
            #expect(!user.rules.contains { $0.hasPrefix("&") || $0 == "nopass" })
            let named = user.rules.compactMap { $0.firstMatch(of: /^\+fcall(?:_ro)?\|(\w+)$/)?.1 }.map(String.init)
            #expect(Set(named).subtracting(functions) == [])
        }
    }

    /// A function that fails half-way is not undone: so whoever may call one may do all that it does.
    @Test func `each may use all commands and keys that its functions may come to use`() async throws {
        try await withClosedRedis { redis in
            let functions = LuaCalls().functions
            for role in RedisRole.allCases {
                let listed = Self.listed(role)
                var (commands, endings): (Set<String>, Set<String>) = ([], [])
                for name in listed.compactMap({ $0.firstMatch(of: /^fcall(?:_ro)?\|(\w+)$/)?.1 }) {
                    let use = try #require(functions[String(name)])
                    commands.formUnion(use.commands)
                    endings.formUnion(use.endings)
                }
                #expect(commands.subtracting(listed) == [], "\(role)")
                var denied: [String] = []
                for ending in endings where try await !Self.mayTouch(role, ending, redis.inspector) {
                    denied.append(ending)
                }
                #expect(denied == [], "\(role)")
            }
        }
    }

    /// By who may read and who may write each.
    private static let keys: [(key: String, readers: Set<RedisRole>, writers: Set<RedisRole>)] = [
        ("cw:{emails}", [.web, .worker, .relay, .operator, .metrics], [.web, .worker, .relay, .operator]),
        ("cw:{emails}:later", [.web, .worker, .relay, .operator, .metrics], [.web, .worker, .relay, .operator]),
        ("cw:{emails}:dead:jobs", [.web, .worker, .relay, .operator, .metrics], [.worker, .operator]),
        ("cw:{emails}:dead:groups", [.worker, .operator, .metrics], [.worker, .operator]),
        ("cw:{emails}:unique:x", [.web, .worker, .operator, .metrics], [.web, .worker, .operator]),
        ("cw:{emails}:control", [.worker, .operator, .metrics], [.worker, .operator]),
        ("cw:{emails}:schedules", [.worker, .operator, .metrics], [.worker, .operator]),
        ("cw:{emails}:metrics", [.worker, .operator, .metrics], [.worker, .operator]),
        ("cw:metrics", [.worker, .relay, .operator, .metrics], [.worker, .relay, .operator]),
        ("cw:workers", [.worker, .operator, .metrics], [.worker, .operator]),
        ("cw:keys", [.operator], [.operator]),
        ("coursework:audit", [.operator], [.operator]), ("{coursework:audit}:head", [.operator], [.operator]),
        ("{coursework:audit}:verified", [.operator], [.operator]),
        ("cw:{emails}:events", [.web, .worker, .relay, .operator, .metrics], [.web, .worker, .relay, .operator]),
        ("session:4711", [], []), ("cw:{emails", [], []), ("laravel:cw:{emails}", [], []), ("", [], []),
    ]

    @Test func `each reads and writes its keys and no others`() async throws {
        try await withClosedRedis { redis in
            for (key, readers, writers) in Self.keys {
                for role in RedisRole.allCases {
                    var mayRead = false
                    for command in [["GET", key], ["HMGET", key, "f"]] {
                        if try await Self.isAllowed(role, command, redis.inspector) { mayRead = true }
                    }
                    let mayWrite = try await Self.isAllowed(role, ["HSET", key, "f", "v"], redis.inspector)
                    #expect(mayRead == readers.contains(role), "\(role) reads '\(key)'")
                    #expect(mayWrite == writers.contains(role), "\(role) writes '\(key)'")
                }
            }
        }
    }

    @Test func `who shows no password may do nothing, and who shows a wrong one is not let in`() async throws {
        try await withClosedRedis { redis in
            let stranger = redis.newStranger()
            let liar = try redis.newClient(as: .web, user: "operator")
            defer {
                stranger.close()
                liar.close()
            }
            for client in [stranger, liar] {
                let refused = await #expect(throws: RedisError.self) { _ = try await client.call("PING") }
                #expect(refused?.code == .authentication)
            }
        }
    }

    @Test func `an error names who may not do what, and Redis remembers it`() async throws {
        try await withClosedRedis { redis in
            let (web, metrics) = (try redis.newClient(as: .web), try redis.newClient(as: .metrics))
            defer {
                web.close()
                metrics.close()
            }
            let before = try await RedisServer(client: metrics).denials()
            #expect(before == [:])
            let calls: [([String], String)] = [
                (["CONFIG", "GET", "*"], "'config|get'"),
                (["FCALL", "cw_pause", "1", "cw:{emails}"], "FCALL cw_pause"),
                (["XADD", "session", "*", "a", "b"], "XADD"), (["KEYS", "*"], "'keys'"),
            ]
            for (words, named) in calls {
                var pipeline = RedisPipeline()
                pipeline.add(words)
                let error = try #require(try await web.send(pipeline).firstError)
                #expect(error.code == .permission)
                #expect(error.message.contains("'web'") && error.message.contains(named), "\(error)")
            }
            try await eventually(within: .seconds(10), "it is counted") {
                try await RedisServer(client: metrics).denials() == ["web": 4]
            }
        }
    }

    /// Redis carries out its append-only file as the user `default`: were that one's rights taken, what functions wrote,
    /// several commands in a transaction, would be gone.
    @Test func `what functions wrote is there again after a restart`() async throws {
        try await withClosedRedis(fsync: "always") { redis in
            let (web, deploy) = (try redis.newClient(as: .web), try redis.newClient(as: .deploy))
            defer {
                web.close()
                deploy.close()
            }
            try await FunctionLibrary(client: deploy).ensure()
            let queue = JobQueue("emails", client: web)
            for number in 0..<20 {
                var job = NewJob("email.send", queue: "emails", args: Array("{}".utf8))
                job.idempotencyKey = IdempotencyKey("key-\(number)")
                job.delay = number % 2 == 0 ? .seconds(600) : .zero
                _ = try await queue.enqueue(job)
            }
            let before = try await redis.inspector.call("DEBUG", "DIGEST").string
            try await redis.killAndRestart()
            let after = try await redis.inspector.call("DEBUG", "DIGEST").string
            #expect(after == before)
            let ready = try await redis.inspector.call("XLEN", "cw:{emails}").integer
            let later = try await redis.inspector.call("ZCARD", "cw:{emails}:later").integer
            #expect(ready == 10 && later == 10)
            // Nobody is that user, for all its rights.
            let stranger = redis.newStranger()
            defer { stranger.close() }
            let refused = await #expect(throws: RedisError.self) { _ = try await stranger.call("PING") }
            #expect(refused?.code == .authentication)
        }
    }

    @Test func `only the role deploy brings the functions, and the others say so`() async throws {
        try await withClosedRedis { redis in
            let (worker, deploy) = (try redis.newClient(as: .worker), try redis.newClient(as: .deploy))
            defer {
                worker.close()
                deploy.close()
            }
            let refused = await #expect(throws: RedisError.self) { try await FunctionLibrary(client: worker).ensure() }
            #expect(refused?.code == .functionMissing)
            #expect(refused?.message.contains("'worker'") == true)
            #expect(refused?.message.contains("coursework redis load") == true)
            try await FunctionLibrary(client: deploy).ensure()
            try await FunctionLibrary(client: worker).ensure()
        }
    }
}

extension RoleMatrixTests {
    private struct KnownCommand {
        /// `get`, or `config|get`.
        let name: String
        let words: Int
        let isForAnybody: Bool
    }

    private static func commands(_ client: RedisClient) async throws -> [KnownCommand] {
        try await client.call("COMMAND").elements.flatMap { entry -> [KnownCommand] in
            let parts = Array(entry.elements)
            let all = Array(parts[9].elements).map { Array($0.elements) }
            // A container is no command, but for what is one as well.
            return (all.isEmpty ? [parts] : all).map { parts in
                KnownCommand(
                    name: parts[0].string ?? "", words: abs(parts[1].integer ?? 0),
                    isForAnybody: parts[2].elements.contains { $0 == "no_auth" })
            }
        }
    }

    private static func listed(_ role: RedisRole) -> Set<String> {
        let rules = AccessList.shipped.users.first { $0.name == role.rawValue }?.rules ?? []
        return Set(rules.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) })
    }

    /// Of all commands, and of all our functions as `fcall|name`.
    private static func allowed(
        _ role: RedisRole, _ commands: [KnownCommand], _ client: RedisClient
    ) async throws -> Set<String> {
        var questions = commands.map { command in
            let words = command.name.split(separator: "|").map(String.init)
            return (command.name, words + Array(repeating: "1", count: max(0, command.words - words.count)))
        }
        for name in LuaCalls().functions.keys {
            for call in ["fcall", "fcall_ro"] { questions.append(("\(call)|\(name)", [call, name, "0"])) }
        }
        var pipeline = RedisPipeline()
        for (_, words) in questions { pipeline.add(["ACL", "DRYRUN", role.rawValue] + words) }
        let answers = try await client.send(pipeline).values
        return Set(
            zip(questions, answers).compactMap { question, answer in
                if let error = answer.error { Issue.record("\(question.1): \(error)") }
                // That a key is denied is another matter.
                return answer.string?.contains("permissions to run") == false ? question.0 : nil
            })
    }

    private static func isAllowed(_ role: RedisRole, _ words: [String], _ client: RedisClient) async throws -> Bool {
        var pipeline = RedisPipeline()
        pipeline.add(["ACL", "DRYRUN", role.rawValue] + words)
        return try await client.send(pipeline).first == "OK"
    }

    /// Some endings stand behind the name of a job or a batch, or behind another ending.
    private static func mayTouch(_ role: RedisRole, _ ending: String, _ client: RedisClient) async throws -> Bool {
        for beginning in ["", ":job:x", ":batch:x", ":later", ":blocked", ":dead", ":schedules", ":handed_back"] {
            let key = "cw:{emails}\(beginning)\(ending)\(ending.hasSuffix(":") ? "x" : "")"
            for command in [["EXISTS", key], ["GET", key], ["HGET", key, "x"], ["TYPE", key]]
            where try await isAllowed(role, command, client) {
                return true
            }
        }
        return false
    }
}
