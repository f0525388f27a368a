import Foundation
import Glibc
import LocalServers
import ProgramSupport
import TestSupport

/// All that a client meets: the server, the database, what works behind them, and a network that is bad.
struct ClientStage: Sendable {
    /// A request that came through the bad network, and what it met there.
    struct Passage: Decodable {
        let request: String
        let fault: String
        let time: Double
    }

    private struct Ports: Decodable {
        let faulty: Int
        let silent: Int
        let postgres: Int
    }

    let site: Site
    let key: String
    /// What the programs read.
    let environment: [String: String]
    private let network: Program

    static func with(_ body: (ClientStage) async throws -> Void) async throws {
        let queues = Language.allCases.map { "\"\($0)\"" }.joined(separator: ", ")
        let configuration = """
            { queues: [\(queues)], outbox: { pollEvery: "100ms" }, pools: { main: { queues: [\(queues)], slots: 8 } } }
            """
        try await Site.with(configuration) { site in
            var options = LocalPostgres.Options()
            options.isDurable = false
            let postgres = try await LocalPostgres.start(in: site.folder + "/pg", options: options, on: Program.loop)
            do {
                try await body(try await start(at: site, postgres))
            } catch {
                await end(postgres)
                throw error
            }
            await end(postgres)
        }
    }

    private static func end(_ postgres: LocalPostgres) async {
        postgres.process.send(signal: SIGQUIT)
        _ = await postgres.process.exit()
    }

    private static func start(at site: Site, _ postgres: LocalPostgres) async throws -> ClientStage {
        let database = ["DATABASE_URL": postgres.url]
        let migrated = try await site.run("migrate", environment: database)
        guard migrated.exit == .code(0) else { throw TestFailure("migrate: \(migrated)") }
        let made = try await site.run("keys", "create", "web", "--role", "producer")
        let server = try await site.start("serve", "--diagnostics", "--listen", "127.0.0.1:0", environment: database)
        let line = try await server.errors.first(containing: "server ready")
        guard let port = line.firstMatch(of: #/"listen":"[^"]+:(\d+)"/#).flatMap({ Int($0.1) }) else {
            throw TestFailure(line)
        }
        let worker = try await site.start("work", "--diagnostics", environment: database)
        _ = try await worker.errors.first(containing: #""message":"ready""#)
        _ = try await site.start("relay", environment: database)
        return try await ClientStage(
            site: site, key: made.output.trimmingCharacters(in: .newlines), server: port,
            postgres: site.folder + "/pg/.s.PGSQL.5432")
    }

    private init(site: Site, key: String, server: Int, postgres: String) async throws {
        (self.site, self.key) = (site, key)
        network = try await site.start(
            program: "/usr/bin/python3",
            [Product.root + "/Tests/Tools/client_stage.py", #"{"server":\#(server),"postgres":"\#(postgres)"}"#],
            input: .open)
        let line = try await network.output.first(containing: "port")
        let ports = try JSONDecoder().decode(Ports.self, from: Data(line.utf8))
        environment = [
            "COURSEWORK_URL": "http://127.0.0.1:\(server)", "COURSEWORK_KEY": key,
            "COURSEWORK_FAULTY_URL": "http://127.0.0.1:\(ports.faulty)",
            "COURSEWORK_SILENT_URL": "http://127.0.0.1:\(ports.silent)",
            "COURSEWORK_DATABASE": "postgresql://coursework@127.0.0.1:\(ports.postgres)/coursework",
        ]
    }

    /// All that the network did so far.
    func networkStory() throws -> [Passage] {
        try network.output.all.dropFirst().map { try JSONDecoder().decode(Passage.self, from: Data($0.utf8)) }
    }

    /// How many jobs of its queue are done.
    func done(_ language: Language) async throws -> Int {
        Int(try await site.redis("HGET", "cw:{\(language)}:stats", "done")) ?? 0
    }

    func sql(_ text: String) async throws -> String {
        let finished = try await site.run(
            program: "psql", ["-h", site.folder + "/pg", "-U", "coursework", "-qAt", "-c", text, "coursework"])
        guard finished.exit == .code(0) else { throw TestFailure("psql: \(finished)") }
        return finished.output.trimmingCharacters(in: .newlines)
    }
}
