import Foundation
import Glibc
import ProgramSupport
import Synchronization
import TestSupport

/// A mail server that takes mails to their final dot, and keeps back its answers when it is told to: what it got is counted
/// here, outside the system.
final class KeepingServer: Sendable {
    struct Mail: Decodable, Sendable {
        /// Its Message-ID.
        let mail: String
        let to: [String]
        let kept: Bool
    }

    private let program: Program
    let url: String
    private let keptBefore = Atomic(0)

    private init(program: Program, url: String) {
        self.program = program
        self.url = url
    }

    static func start(at site: Site, cuttingEvery number: Int? = nil) async throws -> KeepingServer {
        let tool = Product.root + "/Tests/Tools/keeping_smtp_server.py"
        let words = [tool] + (number.map { ["cut", "\($0)"] } ?? [])
        let program = try await site.start(
            program: "/usr/bin/python3", words, input: .open,
            environment: [Site.dataVariable: "none of the fleet"])
        let line = try await program.output.first(containing: "port")
        let port = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))["port"] ?? 0
        return KeepingServer(program: program, url: "smtp://127.0.0.1:\(port)")
    }

    /// All mails it got.
    var mails: [Mail] {
        program.output.all.compactMap { try? JSONDecoder().decode(Mail.self, from: Data($0.utf8)) }
    }

    /// Keeps back its answers from now on.
    func keep() {
        keptBefore.store(mails.count(where: \.kept), ordering: .relaxed)
        program.send(SIGUSR2)
    }

    /// Waits until so many mails have been waiting for their answer since then.
    func keeps(_ count: Int) async throws {
        let before = keptBefore.load(ordering: .relaxed)
        try await eventually("\(count) mails wait for their answer") { mails.count(where: \.kept) >= before + count }
    }

    /// Answers what it kept back, where somebody still listens, and keeps nothing back any more.
    func release() { program.send(SIGUSR1) }
}
