import CertificateDrawing
import CertificateSupport
import CertificateTemplates
import TestSupport
import Testing

struct SameBytesTests {
    @Test func `the same certificate is the same bytes, whatever was drawn before and from whichever thread`()
        async throws
    {
        let contents = try learnerNames.map { try Studio.content(learner: $0) }
        let templates = try Studio.templates.map { try Studio.template($0) }
        let renderer = try CertificateRenderer()
        let expected = try contents.map { content in
            try templates.map { try renderer.pdf(of: content, template: $0) }
        }
        let shared = try CertificateRenderer()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for round in 0..<4 {
                for index in contents.indices {
                    let index = (index * (2 * round + 1) + round) % contents.count
                    group.addTask {
                        try templates.map { try shared.pdf(of: contents[index], template: $0) } == expected[index]
                    }
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test func `a new process would draw the same`() throws {
        let content = try Studio.content(learner: "Ada"), template = try Studio.template("minimal")
        let first = try CertificateRenderer().pdf(of: content, template: template)
        _ = try CertificateRenderer().pdf(of: Studio.content(learner: "王小明"), template: template)
        #expect(try CertificateRenderer().pdf(of: content, template: template) == first)
        #expect(try CertificateRenderer().pdf(of: Studio.content(learner: "Adb"), template: template) != first)
    }
}
