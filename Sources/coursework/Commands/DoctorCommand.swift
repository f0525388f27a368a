import Reports

/// `coursework doctor`: is this installation fit to be trusted with jobs?
struct DoctorCommand: Command {
    static let name = "doctor"
    static let summary = "check the configuration, Redis, the database, the queues, mail and video"
    static let actions: [String: [String]] = [:]
    static let help = """
        Checks everything a worker depends on, and says what to do about what is wrong.

        Usage: coursework doctor [--diagnostics] [--json] [--config FILE]

          --diagnostics   for workers with the jobs diagnostics.noop and others
          --json          print [{"check":…,"state":"ok|warning|error","message":…},…]

        Libraries that are opened at their first use are opened, so that none is missing then, with those
        and the fonts that certificates are drawn with. An object is written to the storage, and deleted.

        It says whether somebody listens where coursework serve does, and whether the world comes there
        unencrypted; whether its certificate holds and fits its key, and the keys of its tokens are there;
        whether the collector of tracing.endpoint takes spans; and when the audit trail was verified last.

        ffmpeg is started in its sandbox, so that you see what keeps a hostile video from this machine.

        Mail is checked without sending any: each transport is connected to, encrypted and logged in to;
        every template is filled in with its example; the keys that sign are compared with the DNS.

        It warns of what is paused, of queues with jobs that no live worker takes, also those that the
        configuration does not have, of quizzes that were handed in and that nobody grades, and of
        certificates that have a number and are not issued.

        Exits with 0 when nothing is wrong (warnings are allowed), 69 when Redis, the database or a mail
        server cannot be used, 78 when the configuration or the server must be changed.
        """

    private let setup: Setup
    private let diagnostics: Bool
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        diagnostics = arguments.flag("--diagnostics")
        json = arguments.flag("--json")
    }

    func run() async throws {
        let database = try setup.database
        let findings = try await setup.withRedis(Self.name, functions: false) { client, loop in
            await Examination(setup: setup, diagnostics: diagnostics, client: client, database: database, loop: loop)
                .findings()
        }
        if json {
            Terminal.print(JSONText.of(findings))
        } else {
            for finding in findings { Terminal.print(finding.line) }
        }
        guard let worst = findings.first(where: { $0.state == .error }) else { return }
        let isAway =
            ["redis", DatabaseExamination.reachable].contains(worst.check) || worst.check.hasPrefix("mail transport ")
        throw CommandFailure(
            isAway ? .unavailable : .configuration,
            "\(findings.count { $0.state == .error }) of \(findings.count) checks failed.")
    }
}
