import Foundation
import Glibc
import TestSupport

/// A server that takes all mail, each into a file of its own (Debian's package postfix).
struct MailSink {
    private static let program = "/usr/sbin/smtp-sink"

    private let held: ClosedPort
    private let folder: TestFolder

    var port: Int { held.number }

    /// Runs the body beside a server that listens, and ends the server in every case.
    static func with<Value>(_ body: (MailSink) async throws -> Value) async throws -> Value {
        let folder = try TestFolder()
        // Started as root it becomes somebody else.
        chmod(folder.path, 0o777)
        let held = try ClosedPort()
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.arguments =
            (geteuid() == 0 ? ["-u", "nobody"] : []) + ["-d", "mail.", "127.0.0.1:\(held.number)", "100"]
        try process.run()
        defer { withExtendedLifetime(held) { _ = kill(process.processIdentifier, SIGKILL) } }
        while !isTaken(held.number) { try await Task.sleep(for: .milliseconds(10)) }
        return try await body(MailSink(held: held, folder: folder))
    }

    /// What it took, without the lines that it put before: the envelope, and where the mail came from.
    func mails() throws -> [String] {
        try folder.names(in: "").filter { $0.hasPrefix("mail.") }.map { name in
            let text = try String(decoding: Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")), as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let own = lines.drop { !$0.hasPrefix("Date:") }
            // It ends each with an empty line.
            return own.dropLast().joined(separator: "\r\n")
        }
    }

    private static func isTaken(_ port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
