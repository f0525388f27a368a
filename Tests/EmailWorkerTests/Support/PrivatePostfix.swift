import Foundation
import Glibc
import TestSupport

/// A Postfix of its own: below a folder, on a free port, with one mailbox, ada@school.example.
final class PrivatePostfix {
    /// Its master must be started by root.
    static let isAvailable = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")

    /// Held as long as it runs: between two tests another one could get it.
    private let held: ClosedPort
    var port: Int { held.number }
    private let folder: TestFolder
    private var configuration: String { folder.path + "/etc" }

    /// Runs the body beside a Postfix that takes mail, and ends all its processes in every case.
    static func with(
        _ settings: [String: String] = [:], _ body: (PrivatePostfix) async throws -> Void
    ) async throws {
        let postfix = try PrivatePostfix(settings)
        try await postfix.start()
        do { try await body(postfix) } catch {
            try await postfix.tell("stop")
            throw error
        }
        try await postfix.tell("stop")
    }

    private init(_ settings: [String: String]) throws {
        folder = try TestFolder()
        held = try ClosedPort()
        try prepareFolders()
        try folder.write([
            "etc/main.cf": Self.settings(in: folder.path).merging(settings) { $1 }
                .map { "\($0) = \($1)\n" }.joined(),
            "etc/master.cf": "127.0.0.1:\(held.number) inet n - n - - smtpd\n" + Self.services,
        ])
    }

    private func start() async throws {
        do { try await tell("start") } catch {
            let log = (try? folder.read("log")).map { String(decoding: $0.suffix(500), as: UTF8.self) }
            throw TestFailure("postfix did not start: \(log ?? "it wrote no log")")
        }
    }

    private func tell(_ command: String) async throws {
        try await Tool("/usr/sbin/postfix").run("-c", configuration, command)
    }

    /// The next mail in ada's mailbox, as an independent program reads it.
    func nextMail() async throws -> ReadMail { try await ReadMail(file: "\(folder.path)/\(try await nextFile())") }

    func nextMailBytes() async throws -> [UInt8] { try folder.read(try await nextFile()) }

    private func nextFile() async throws -> String {
        while true {
            if let name = try? folder.names(in: "mail/ada/new").first { return "mail/ada/new/\(name)" }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// A program of postfix runs as its own user, its deliveries as nobody.
    private func prepareFolders() throws {
        for (name, user) in [("etc", "root"), ("queue", "root"), ("data", "postfix"), ("mail", "nobody")] {
            let path = "\(folder.path)/\(name)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard let user = getpwnam(user)?.pointee, chown(path, user.pw_uid, user.pw_gid) == 0 else {
                throw TestFailure("the folder \(path) cannot be given to \(user)")
            }
        }
    }

    private static func settings(in folder: String) -> [String: String] {
        [
            "compatibility_level": "3.6", "queue_directory": folder + "/queue", "data_directory": folder + "/data",
            "command_directory": "/usr/sbin", "daemon_directory": "/usr/lib/postfix/sbin",
            "meta_directory": "/etc/postfix", "shlib_directory": "/usr/lib/postfix", "mail_owner": "postfix",
            "setgid_group": "postdrop", "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4",
            "myhostname": "mail.school.example", "mydestination": "", "mynetworks": "127.0.0.0/8",
            "virtual_mailbox_domains": "school.example", "virtual_mailbox_base": folder + "/mail",
            "virtual_mailbox_maps": "inline:{ada@school.example=ada/}", "virtual_uid_maps": "static:65534",
            "virtual_gid_maps": "static:65534", "alias_maps": "", "alias_database": "",
            "maillog_file_prefixes": folder, "maillog_file": folder + "/log",
        ]
    }

    private static let services = """
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        error unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        proxymap unix - - n - - proxymap
        tlsmgr unix - - n 1000? 1 tlsmgr
        postlog unix-dgram n - n - 1 postlogd

        """
}

extension ReadMail {
    init(file: String) async throws {
        let mail = try Data(contentsOf: URL(fileURLWithPath: file))
        let json = try await Tool.python.run(TestFolder.package + "/Tests/Tools/read_mail.py", input: [UInt8](mail))
        self = try JSONDecoder().decode(ReadMail.self, from: Data(json))
    }
}
