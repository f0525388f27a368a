internal import CertificateDrawing
internal import CertificateSigning
internal import CertificateTemplates
internal import FoundationEssentials
internal import Glibc

/// From what a certificate says to its file, on one core, beside a C program that draws the same page.
struct CertificateBenchmark {
    private static let templates = "templates/certificates"

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        let renderer = try CertificateRenderer()
        let ceiling = try await ceiling()
        for template in ["minimal", "modern", "classic"] {
            let rate = try rate("Ada Lovelace", template, renderer)
            var figure = Figure("certificates \(template), one core", rate, "files/s")
            if template == "minimal", let ceiling {
                figure.ratios = [.init(of: "C", ratio: rate / ceiling, bar: .atLeast(0.9))]
            }
            report(figure)
        }
        for (script, name) in [("Telugu", "సూర్య ప్రకాశ్"), ("Arabic", "محمد عبد الله"), ("Chinese", "王小明")] {
            report(Figure("… minimal, with a name in \(script)", try rate(name, "minimal", renderer), "files/s"))
        }
        let apart = try rate("Ada Lovelace", "minimal", renderer, courses: 100)
        report(Figure("… minimal, each of another course", apart, "files/s"))
        try await measureSignatures(renderer, report)
        let before = Self.residentMegabytes(), count = workshop.jobs(100_000)
        _ = try rate("Ada Lovelace", "minimal", renderer, count: count)
        report(Figure("memory after these", before, "MB"))
        let growth = Self.residentMegabytes() - before
        report(
            Figure(
                "  more of it after \(count) others", growth, "MB",
                [.init(of: "it", ratio: growth / before, bar: .atMost(0.05))]))
        try await IssuingBenchmark(workshop: workshop, drawn: try rate("Ada Lovelace", "minimal", renderer)).run(report)
    }

    /// What a signature adds to a file.
    private func measureSignatures(_ renderer: CertificateRenderer, _ report: (Figure) -> Void) async throws {
        let pair = try SigningIdentity.selfSigned(name: "Analytical Academy", years: 1, from: time(nil))
        let signer = DocumentSigner(try SigningIdentity(key: pair.key, chain: pair.certificate))
        let content = try Self.content("Ada Lovelace")
        let field = signer.field(time: time(nil))
        let document = try renderer.signablePDF(of: content, template: try template("minimal"), signature: field)
        let count = workshop.jobs(1000)
        let seconds = try await Workshop.seconds { for _ in 0..<count { _ = try await signer.sign(document) } }
        let milliseconds = seconds * 1000 / Double(count)
        report(
            Figure(
                "signing, RSA of 2048 bits", milliseconds, "ms",
                [.init(of: "3 ms", ratio: milliseconds / 3, bar: .atMost(1))]))
    }

    private func ceiling() async throws -> Double? {
        guard let program = CeilingProgram.certificate.path else { return nil }
        let output = try await workshop.output(of: program, ["\(workshop.jobs(2000))"])
        return output.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
    }

    private func template(_ name: String) throws -> CertificateTemplate {
        try CertificateTemplate(named: name, in: Workshop.folder(having: Self.templates) + "/" + Self.templates)
    }

    /// - Parameters:
    ///   - count: nil takes what the other figures take.
    ///   - courses: that take turns. What certificates of a course share is kept for fewer than a hundred.
    private func rate(
        _ learner: String, _ name: String, _ renderer: CertificateRenderer, count: Int? = nil, courses: Int = 1
    ) throws -> Double {
        let template = try template(name)
        let contents = try (0..<courses).map { try Self.content(learner, course: $0) }
        // What is opened once is not measured.
        _ = try renderer.pdf(of: contents[0], template: template)
        let count = count ?? workshop.jobs(2000), start = Self.processorSeconds()
        for index in 0..<count { _ = try renderer.pdf(of: contents[index % courses], template: template) }
        return Double(count) / (Self.processorSeconds() - start)
    }

    /// As `certificate-ceiling` has it.
    private static func content(_ learner: String, course: Int = 0) throws -> CertificateContent {
        let title = "Programming the Analytical Engine" + (course == 0 ? "" : " \(course)")
        guard let date = CertificateDate("2026-12-01") else { preconditionFailure("a day that is none") }
        var content = try CertificateContent(
            learner: learner, course: title, issuer: "Analytical Academy", date: date,
            code: "7QF4-9KXM-2D8R", url: "https://learn.example.org/certificates/7QF4-9KXM-2D8R")
        content.expiry = CertificateDate("2029-11-30")
        try content.set(grade: "With distinction")
        try content.set(instructor: "Charles Babbage", signature: nil)
        return content
    }

    /// What this thread has used of the processor: neighbours on the machine change it little.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func residentMegabytes() -> Double {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (pages?.dropFirst().first.flatMap { Double($0) } ?? 0) * 4096 / 1_000_000
    }
}
