package import CertificateDocument
public import CertificateDrawing
public import CertificateTemplates
internal import Foundation
public import TestSupport

/// Draws certificates of the templates that ship, into files for tools to look at.
public struct Studio {
    public static let templates = ["classic", "minimal", "modern"]

    public let renderer: CertificateRenderer
    public let folder: TemporaryFolder

    public init() throws {
        renderer = try CertificateRenderer()
        folder = try TemporaryFolder()
    }

    public static func template(_ name: String) throws -> CertificateTemplate {
        try CertificateTemplate(named: name, in: Checkout.root + "/Config/templates/certificates")
    }

    public static func content(
        learner: String, course: String = "Programming the Analytical Engine", language: String? = nil
    ) throws -> CertificateContent {
        let code = "7QF4-9KXM-2D8R"
        guard let date = CertificateDate("2026-12-01") else { throw TestFailure("no date") }
        var content = try CertificateContent(
            learner: learner, course: course, issuer: "Analytical Academy", date: date, code: code,
            url: "https://learn.example.org/certificates/\(code)")
        content.expiry = CertificateDate("2029-11-30")
        try content.set(grade: "With distinction")
        try content.set(instructor: "Charles Babbage", signature: nil)
        if let language { try content.set(language: language) }
        return content
    }

    /// - Returns: the name of the file, in the folder.
    public func draw(
        _ content: CertificateContent, _ template: String = "classic", page: PageSize? = nil, to name: String = "it.pdf"
    ) throws -> String {
        try draw(content, template, page: page, attachments: [], to: name)
    }

    /// The same, with files in it.
    package func draw(
        _ content: CertificateContent, _ template: String = "classic", page: PageSize? = nil,
        attachments: [AttachedFile], to name: String = "it.pdf"
    ) throws -> String {
        let pdf = try renderer.pdf(
            of: content, template: Self.template(template), page: page, attachments: attachments)
        try Data(pdf).write(to: URL(fileURLWithPath: folder.file(name)))
        return name
    }

    /// What a program that looks at files in the folder prints.
    public func run(_ program: String, _ arguments: String...) async throws -> String {
        let answer = try await Tool("/usr/bin/env").run(["-C", folder.path, program] + arguments)
        return String(decoding: answer, as: UTF8.self)
    }
}
