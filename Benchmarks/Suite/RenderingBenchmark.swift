internal import EmailWorker
internal import FoundationEssentials
internal import Jobs
internal import Mustache

/// From the payload of a welcome mail to the bytes that travel, on one core: addresses read, template rendered, MIME
/// built; and with signatures.
struct RenderingBenchmark {
    private static let data: MustacheValue = [
        "name": "Ada", "course": "Programming the Analytical Engine", "url": "https://learn.example.org/start",
    ]

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        let (rate, bytes) = try await measure(EmailSettings(), mails: workshop.jobs(200_000))
        report(
            Figure(
                "welcome mails rendered and built, one core", rate, "mails/s",
                [.init(of: "20,000", ratio: rate / 20_000, bar: .atLeast(1))]))
        report(Figure("size of a welcome mail", Double(bytes), "bytes"))
        for (algorithm, name) in [("ed25519", "Ed25519"), ("rsa", "RSA of 2048 bits")] {
            let (rate, _) = try await measure(try await settings(signingWith: algorithm), mails: workshop.jobs(10_000))
            report(Figure("… and signed with \(name)", rate, "mails/s"))
        }
    }

    private func measure(_ settings: EmailSettings, mails: Int) async throws -> (rate: Double, bytes: Int) {
        let preview = try TemplatePreview(
            settings,
            Surroundings(
                environment: [:], dataFolder: workshop.folder,
                configurationFolder: try Workshop.folder(having: "templates/email/welcome")))
        let date = Date()
        var bytes = 0
        // What is read and compiled once is not measured.
        bytes += try await preview.bytes("welcome", data: Self.data, at: date)
        let seconds = try await Workshop.seconds {
            for _ in 0..<mails { bytes = try await preview.bytes("welcome", data: Self.data, at: date) }
        }
        return (Double(mails) / seconds, bytes)
    }

    private func settings(signingWith algorithm: String) async throws -> EmailSettings {
        let file = "\(workshop.folder)/\(algorithm).pem"
        _ = try await workshop.output(of: "/usr/bin/openssl", ["genpkey", "-algorithm", algorithm, "-out", file])
        var settings = EmailSettings()
        settings.dkim = ["localhost": [DKIMSettings(selector: "bench", keyFile: file)]]
        return settings
    }
}
