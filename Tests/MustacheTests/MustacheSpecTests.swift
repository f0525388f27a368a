import Foundation
import Mustache
import Testing

/// The public test suite of the Mustache specification, read where it lies beside the checkout.
@Suite(
    .enabled(if: SpecFile.areThere, "the folder ../shared/data/mustache-spec is not beside the checkout"),
    .timeLimit(.minutes(1)))
struct MustacheSpecTests {
    @Test(arguments: SpecFile.modules)
    func `every case of the module renders as specified`(module: String) throws {
        let file = try SpecFile.read(module)
        #expect(!file.tests.isEmpty)
        for test in file.tests {
            let partials = try test.partials.mapValues { try MustacheTemplate($0, contentType: .html) }
            let template = try MustacheTemplate(test.template, contentType: .html)
            let output = try template.render(test.data, partials: partials)
            #expect(output == test.expected, "\(module): \(test.name): \(test.desc)")
        }
    }
}

private struct SpecFile: Decodable {
    static let modules = ["comments", "delimiters", "interpolation", "inverted", "partials", "sections"]

    let tests: [SpecCase]

    static var folder: URL {
        URL(fileURLWithPath: #filePath).appending(path: "../../../../shared/data/mustache-spec").standardized
    }

    static var areThere: Bool {
        modules.allSatisfy { FileManager.default.isReadableFile(atPath: folder.appending(path: "\($0).json").path) }
    }

    static func read(_ module: String) throws -> SpecFile {
        try JSONDecoder().decode(
            SpecFile.self, from: Data(contentsOf: folder.appending(path: "\(module).json")))
    }
}

private struct SpecCase: Decodable {
    let name: String
    let desc: String
    let data: MustacheValue
    let template: String
    let expected: String
    let partials: [String: String]

    enum CodingKeys: CodingKey { case name, desc, data, template, expected, partials }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        desc = try container.decode(String.self, forKey: .desc)
        data = try container.decode(MustacheValue.self, forKey: .data)
        template = try container.decode(String.self, forKey: .template)
        expected = try container.decode(String.self, forKey: .expected)
        partials = try container.decodeIfPresent([String: String].self, forKey: .partials) ?? [:]
    }
}
