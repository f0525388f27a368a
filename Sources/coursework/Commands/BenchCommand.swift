import Benchmarks
import FoundationEssentials
import Platform
import Reports

/// `coursework bench`: the speed of this machine's Coursework, beside ceilings measured in the same run.
struct BenchCommand: Command {
    static let name = "bench"
    static let summary = "measure the speed of Coursework on this machine"
    static let actions: [String: [String]] = [:]
    static let help = """
        Measures against a private redis-server, each figure beside a ceiling measured in the same run.
        Use a release build and a quiet machine; compare ratios, not absolute numbers.

        Usage: coursework bench [NAME...] [--quick] [--json]

          NAME      \(BenchmarkSuite.names.prefix(9).joined(separator: ", ")),
                    \(BenchmarkSuite.names.dropFirst(9).joined(separator: ", ")) (default: all)
          --quick   a tenth of the jobs: to try it out, not to quote
          --json    print one JSON object a figure
        """

    private let names: [String]
    private let isQuick: Bool
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        isQuick = arguments.flag("--quick")
        json = arguments.flag("--json")
        var names: [String] = []
        while let name = arguments.word() {
            guard BenchmarkSuite.names.contains(name) else {
                throw CommandFailure(
                    .usage, "There is no benchmark '\(name)'; there is \(BenchmarkSuite.names.joined(separator: ", "))."
                )
            }
            names.append(name)
        }
        self.names = names.isEmpty ? BenchmarkSuite.names : names
    }

    func run() async throws {
        let loop = try EventLoop()
        let folder =
            FileManager.default.temporaryDirectory.path
            + "/coursework-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Redis runs as another user when we are root, and must be able to reach its folder.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let suite = BenchmarkSuite(workshop: Workshop(folder: folder, isQuick: isQuick, loop: loop)) { figure in
            Terminal.print(json ? JSONText.of(figure) : figure.line)
        }
        for name in names { try await suite.run(name) }
    }
}
