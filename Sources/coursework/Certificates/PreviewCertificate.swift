import CertificateDrawing
import CertificateTemplates

/// `certificates preview`: a file to look at.
struct PreviewCertificate: SetupVerb {
    static let actions: [String] = []

    private let folder: String
    private let template: String
    private let sample: SampleCertificate
    private let page: PageSize?
    private let out: String

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        folder = try arguments.certificateTemplates(setup)
        sample = try Self.sample(&arguments)
        page = try arguments.option("--page").map(Self.page)
        let out = try arguments.option("--out")
        template = arguments.word() ?? "classic"
        self.out = out ?? "\(template).pdf"
        guard self.out != "-" || !Terminal.isInteractive else {
            throw CommandFailure(.usage, "A PDF file is nothing for a terminal: say with --out where to write it.")
        }
    }

    func run() throws {
        let template = try CertificateTemplate(named: template, in: folder)
        let pdf = try CertificateRenderer().pdf(of: sample.content(), template: template, page: page)
        try OutputFile.write(pdf, to: out)
        if out != "-" { Terminal.print(Terminal.line(out)) }
    }

    private static func sample(_ arguments: inout Arguments) throws -> SampleCertificate {
        var sample = SampleCertificate()
        sample.learner = try arguments.option("--learner") ?? sample.learner
        sample.course = try arguments.option("--course") ?? sample.course
        sample.issuer = try arguments.option("--issuer") ?? sample.issuer
        sample.date = try arguments.option("--date") ?? sample.date
        sample.expiry = try arguments.option("--expiry") ?? sample.expiry
        sample.grade = try arguments.option("--grade") ?? sample.grade
        sample.instructor = try arguments.option("--instructor") ?? sample.instructor
        sample.signature = try arguments.option("--signature").map(InputFile.read)
        sample.code = try arguments.option("--code") ?? sample.code
        sample.url = try arguments.option("--url")
        sample.language = try arguments.option("--language")
        return sample
    }

    private static func page(_ name: String) throws(CommandFailure) -> PageSize {
        guard let page = PageSize(named: name) else {
            let names = PageSize.named.map(\.key).joined(separator: " or ")
            throw CommandFailure(.usage, "\(Terminal.line(name)) is no paper that is known here; write \(names).")
        }
        return page
    }
}
