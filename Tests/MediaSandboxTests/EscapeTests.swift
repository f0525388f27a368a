import Foundation
import MediaSandbox
import Platform
import TestSupport
import Testing

/// H-12, what of it a shell and Python can try: a program that is somebody else's by now.
@Suite("H-12: a hostile program", .timeLimit(.minutes(5)))
struct EscapeTests {
    @Test func `sees nothing of the machine but libraries and its folder`() async throws {
        let bench = try Bench()
        try Data("canary".utf8).write(to: URL(fileURLWithPath: bench.temporary.file("secret")))
        try Data("source".utf8).write(to: URL(fileURLWithPath: bench.folder.input("source")))
        setenv("COURSEWORK_TEST_SECRET", "canary", 1)
        let output = try await bench.run(
            """
            cat ../in/source; env; cat \(bench.temporary.file("secret")); cat /etc/passwd /etc/shadow; ls /proc /root /home
            ls / /etc /dev; true
            """)
        let text = String(decoding: output.standardOutput, as: UTF8.self)
        #expect(text.hasPrefix("source"))
        #expect(!text.contains("canary"))
        #expect(!text.contains("root:"))
        #expect(!text.contains("REDIS_URL"))
    }

    @Test(arguments: [
        "echo x > /x", "echo x > /usr/x", "echo x > ../in/source", "rm ../in/source", "mkdir ../out2",
        "echo x > /etc/x",
        "mount -t tmpfs none /job/out", "unshare -U true", "unshare -n true", "chroot /usr true", "kill -9 1",
        "python3 -c 'import socket; socket.socket()'",
        "python3 -c 'import socket; socket.socket(socket.AF_UNIX)'",
        "python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).ptrace(0, 0, 0, 0) != 0)'",
        "python3 -c 'import os; os.setuid(0)'", "setpriv --reuid 0 true", "test \"$(id -u)\" = 0",
        "head -c 1 /proc/1/environ", "cat /proc/self/status",
    ])
    func `cannot`(script: String) async throws {
        let bench = try Bench()
        try Data("source".utf8).write(to: URL(fileURLWithPath: bench.folder.input("source")))
        let failure = try await bench.failure(script)
        #expect(failure != nil)
        #expect(try String(contentsOfFile: bench.folder.input("source"), encoding: .utf8) == "source")
    }

    /// The control: these succeed where nothing isolates a program.
    @Test(arguments: [
        "python3 -c 'import socket; socket.socket()'", "cat /etc/passwd", "head -c 1 /proc/self/environ",
        "python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).ptrace(0, 0, 0, 0) != 0)'",
    ])
    func `could, without isolation,`(script: String) async throws {
        let bench = try Bench()
        #expect(try await bench.failure(script, .none) == nil)
        #expect(try await bench.failure(script) != nil)
    }

    @Test func `has no more processes than it is given`() async throws {
        let bench = try Bench()
        let failure = try await bench.failure("for i in $(seq 64); do sleep 5 & done; wait") {
            $0.processes = 16
        }
        #expect(failure != nil)
    }

    @Test func `may write where it should`() async throws {
        let bench = try Bench()
        _ = try await bench.run("echo hello > file && mkdir folder && echo there > folder/file")
        #expect(try String(contentsOfFile: bench.folder.output("folder/file"), encoding: .utf8) == "there\n")
        #expect(bench.folder.outputBytes > 0)
    }
}
