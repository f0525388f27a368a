internal import Platform

/// The C program that answers an empty 202 by the library of our server, with as many threads.
struct CeilingServer {
    let url: String
    private let child: ChildProcess

    /// Nil where it was not built.
    static func start(threads: Int, workshop: Workshop) async throws -> CeilingServer? {
        guard let program = CeilingProgram.server.path else { return nil }
        let port = try FreePort.find()
        var command = ChildProcess.Command(
            program, ["\(port)", "\(threads)"], environment: ["PATH": "/usr/bin:/bin"])
        command.diesWithParent = true
        let server = CeilingServer(
            url: "http://127.0.0.1:\(port)/", child: try await ChildProcess.start(command, on: workshop.loop))
        try await workshop.untilTaken(port, by: program)
        return server
    }

    func stop() { child.send(signal: 9) }
}
