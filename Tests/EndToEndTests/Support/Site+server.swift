import ProgramSupport
import TestSupport

/// A server of a site, and a key of its administrator.
struct SiteServer {
    let site: Site
    let url: String
    let key: String

    /// Redis is nowhere: whatever is answered comes from the server.
    var environment: [String: String] {
        ["COURSEWORK_SERVER": url, "COURSEWORK_KEY": key, "REDIS_URL": "unix://\(site.folder)/nowhere"]
    }

    func run(_ words: [String], input: Program.Input = .nothing) async throws -> Finished {
        try await site.run(program: Product.command, words, input: input, environment: environment)
    }
}

extension Site {
    func serve(_ words: String...) async throws -> SiteServer {
        // A server knows the keys that are there when it starts, and others a second later.
        let key = try await makeKey("admin")
        let server = try await start(
            program: Product.command, ["serve", "--listen", "127.0.0.1:0", "--diagnostics"] + words)
        let line = try await server.errors.first(containing: "server ready")
        guard let address = line.firstMatch(of: #/"listen":"([^"]+)"/#)?.1 else { throw TestFailure(line) }
        return SiteServer(site: self, url: "http://\(address)", key: key)
    }

    func makeKey(_ role: String) async throws -> String {
        let made = try await run("keys", "create", role, "--role", role)
        guard made.exit == .code(0) else { throw TestFailure("\(made)") }
        return made.output.filter { !$0.isNewline }
    }
}
