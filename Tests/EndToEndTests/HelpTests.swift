import Foundation
import ProgramSupport
import Testing

@Suite("help", .inTurns)
struct HelpTests {
    private static let commands = [
        "dev", "demo", "work", "supervise", "relay", "serve", "keys", "encryption", "redis", "enqueue", "queues",
        "limits",
        "jobs", "batches",
        "dead",
        "mail",
        "quiz", "certificates", "videos", "pause",
        "resume",
        "workers", "schedules", "templates", "types", "migrate", "doctor", "audit", "erase", "bench",
    ]

    @Test(arguments: commands)
    func `every command explains itself in a hundred columns`(
        command: String
    ) async throws {
        try await Site.with(redis: nil) { site in
            let help = try await site.run(command, "--help")
            let other = try await site.run("help", command)
            #expect(help.exit == .code(0))
            #expect(help.errors == "")
            #expect(help.output.contains("Usage: coursework \(command)"))
            #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(help)")
            #expect(other.output == help.output)
        }
    }

    /// With no more descriptors than any other command needs for its help.
    @Test func `serve shows its routes without opening anything`() async throws {
        try await Site.with(redis: nil) { site in
            let help = try await site.run(
                program: "bash",
                [
                    "-c",
                    #"""
                    for count in {4..16}; do (ulimit -n $count && exec "$0" pause --help) > /dev/null 2>&1 && break; done
                    ulimit -n $count && exec "$0" serve --help
                    """#, Product.command,
                ])
            #expect(help.exit == .code(0) && help.output.contains("POST /v1/jobs"), "\(help)")
        }
    }

    @Test(arguments: [["--help"], ["-h"], ["help"]])
    func `lists the commands`(words: [String]) async throws {
        try await Site.with(redis: nil) { site in
            let help = try await site.run(program: Product.command, words)
            #expect(help.exit == .code(0))
            for command in Self.commands { #expect(help.output.contains("\n  \(command) "), "\(help)") }
            #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(help)")
        }
    }

    @Test func `without a command it shows the help and ends with 64`() async throws {
        try await Site.with(redis: nil) { site in
            let none = try await site.run()
            #expect(none.exit == .code(64))
            #expect(none.output + none.errors == (try await site.run("--help")).output)
        }
    }

    @Test func `refuses an unknown command`() async throws {
        try await Site.with(redis: nil) { site in
            let unknown = try await site.run("nope")
            #expect(unknown.exit == .code(64))
            #expect(unknown.output == "")
            #expect(unknown.errors == "coursework: There is no command 'nope'. See coursework --help.\n")
        }
    }

    @Test func `tells its version`() async throws {
        try await Site.with(redis: nil) { site in
            let version = try await site.run("--version")
            #expect(version.exit == .code(0))
            #expect(version.output.wholeMatch(of: /coursework \d+\.\d+\.\d+\n/) != nil, "\(version)")
        }
    }
}
