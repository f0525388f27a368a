import EmailWorker
import FoundationEssentials
import Mustache

/// `coursework templates`: are the mail templates in order, and what do they look like?
struct TemplatesCommand: Command {
    static let name = "templates"
    static let summary = "check the mail templates, or see the mail they make"
    static let actions: [String: [String]] = [:]
    static let help = """
        Checks the mail templates, or writes the mail that one of them makes. Sends nothing.

        Usage: coursework templates check [NAME...] [--config FILE]
               coursework templates preview NAME [--args JSON] [--locale L] [--list LIST] [--out FOLDER]

          check     read every template in every language: syntax, partials, images, and names that its
                    example, sample.json, does not have; exit 1 when something is wrong. Which languages
                    some templates lack is told, too, and is no mistake
          preview   write NAME.eml, for a mail program, and NAME.html, for a browser
          --args    the data of the mail, a JSON object (default: the template's sample.json)
          --locale  the reader's language: de, de-AT (default: the template's own)
          --list    as a mail of this list, with its unsubscribe link
          --out     where the files go (default: here)
        """

    private enum Action {
        case check([String])
        case preview(String)
    }

    private let setup: Setup
    private let action: Action
    private let data: MustacheValue?
    private let locale: String?
    private let list: String?
    private let folder: String

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        data = try arguments.option("--args").map(Self.data)
        locale = try arguments.option("--locale")
        list = try arguments.option("--list")
        folder = try arguments.option("--out") ?? "."
        switch arguments.word() {
        case "check":
            var names: [String] = []
            while let name = arguments.word() { names.append(name) }
            action = .check(names)
        case "preview":
            let name = try arguments.word(orSay: "The template to preview is missing.")
            action = .preview(name)
        case let word:
            throw CommandFailure(
                .usage, "\(word.map { "'\($0)'" } ?? "Nothing") is nothing to do with templates: check or preview them."
            )
        }
    }

    func run() async throws {
        switch action {
        case .check(let names): try check(names)
        case .preview(let name): try await preview(name)
        }
    }

    private func check(_ names: [String]) throws {
        let check = TemplateCheck(try settings, setup.surroundings(logger: .silent))
        let names = names.isEmpty ? try check.names() : names
        let problems = try names.flatMap { try check.problems(of: $0) }
        for problem in problems { Terminal.print(Terminal.printable("\(problem)")) }
        guard problems.isEmpty else {
            throw CommandFailure(
                .failed, "\(Self.count(problems.count, "problem")) in \(Self.count(names.count, "template")).")
        }
        for gap in try check.gaps(in: names) { Terminal.print(Terminal.printable("\(gap)")) }
        Terminal.print("\(Self.count(names.count, "template")) \(names.count == 1 ? "is" : "are") in order.")
    }

    private func preview(_ name: String) async throws {
        let preview = try TemplatePreview(settings, setup.surroundings(logger: .silent))
        let mail = try await preview.mail(name, data: data, locale: locale, list: list, at: Date())
        try write(mail.bytes, "\(name).eml")
        if let html = mail.html { try write(html, "\(name).html") }
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        let path = "\(folder)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw CommandFailure(.failed, "\(path) cannot be written; check the folder and its owner.")
        }
        Terminal.print(path)
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private var settings: EmailSettings {
        get throws { try setup.configuration.settings(for: EmailDomain.name, as: EmailSettings.self) }
    }

    private static func data(_ text: String) throws(CommandFailure) -> MustacheValue {
        guard let value = try? JSONDecoder().decode(MustacheValue.self, from: Data(text.utf8)) else {
            throw CommandFailure(.usage, "--args must be a JSON object, such as '{\"name\":\"Ada\"}'.")
        }
        return value
    }
}
