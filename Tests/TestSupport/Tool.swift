internal import Foundation
internal import Glibc

/// A program that does one thing and ends, such as openssl. A thread of its own waits for it: Swift has two for all
/// tests here, and the others need them.
public struct Tool: Sendable {
    public static let python = Tool("/usr/bin/python3")
    public static let openssl = Tool("/usr/bin/openssl")

    private let path: String
    private let environment: [String: String]?

    /// - Parameter environment: nil passes on that of the tests.
    public init(_ path: String, environment: [String: String]? = nil) {
        self.path = path
        self.environment = environment
    }

    /// Its standard output.
    /// - Throws: ``TestFailure`` with its errors when it cannot be started or does not end with 0.
    @discardableResult
    public func run(_ arguments: String..., input: [UInt8] = []) async throws -> [UInt8] {
        try await run(arguments, input: input)
    }

    @discardableResult
    public func run(_ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try runToEnd(arguments, input) })
            }
        }
    }

    private func runToEnd(_ arguments: [String], _ input: [UInt8]) throws -> [UInt8] {
        // Files, not pipes: neither side ever waits for the other.
        let files = try (0..<3).map { _ in try Self.file() }
        defer { for file in files { fclose(file) } }
        fwrite(input, 1, input.count, files[0])
        rewind(files[0])
        let status = try Self.wait(for: try spawn(arguments, files))
        guard status == 0 else {
            let errors = String(decoding: Self.contents(of: files[2]), as: UTF8.self)
            throw TestFailure(
                "\(path) \(arguments.joined(separator: " ")) ended with \(status): \(errors.suffix(2000))")
        }
        return Self.contents(of: files[1])
    }

    private func spawn(_ arguments: [String], _ files: [UnsafeMutablePointer<FILE>]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, file) in files.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, fileno(file), Int32(number))
        }
        let variables = environment ?? ProcessInfo.processInfo.environment
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var process = pid_t()
        let code = posix_spawn(&process, path, &actions, nil, &argv, &envp)
        guard code == 0 else { throw TestFailure("\(path) cannot be started: \(String(cString: strerror(code)))") }
        return process
    }

    private static func wait(for process: pid_t) throws -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw TestFailure("nobody can wait for the process: errno \(errno)") }
        }
        return status
    }

    /// Without a name. It is closed in other programs that start meanwhile.
    private static func file() throws -> UnsafeMutablePointer<FILE> {
        guard let file = tmpfile() else { throw TestFailure("no temporary file: errno \(errno)") }
        _ = fcntl(fileno(file), F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func contents(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        rewind(file)
        var contents: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { contents += piece[..<count] }
        return contents
    }
}
