package import Jobs
import Mustache

/// Reads every template in every language as a job would, and fills in its example.
package struct TemplateCheck {
    /// What is wrong with a template, in one sentence.
    package struct Problem: Equatable, CustomStringConvertible {
        package let template: String
        /// Nil for the template's own language.
        package let locale: String?
        package let message: String

        package var description: String { "\(template)\(locale.map { " (\($0))" } ?? ""): \(message)" }
    }

    private let store: TemplateStore
    private let shared: MustacheValue

    package init(_ settings: EmailSettings, _ surroundings: Surroundings) {
        store = TemplateStore(root: settings.templatesFolder(in: surroundings))
        shared = .object(settings.sharedData())
    }

    /// All the templates there are, in order.
    package func names() throws -> [String] { try store.names() }

    /// Nothing is wrong when there is no problem.
    /// - Throws: the file system's error.
    package func problems(of name: String) throws -> [Problem] {
        do {
            let folder = try store.folder(named: name)
            let samples = try samples(of: folder)
            return folder.variants.sorted { $0.key < $1.key }.flatMap { key, variant in
                problems(of: variant, samples).map {
                    Problem(template: name, locale: key.isEmpty ? nil : key, message: $0)
                }
            }
        } catch let error as InvalidEmail {
            return [Problem(template: name, locale: nil, message: error.description)]
        }
    }

    /// A language that some templates have and others lack.
    package struct Gap: Equatable, CustomStringConvertible {
        package let locale: String
        /// Those without it, whose readers get another language.
        package let templates: [String]
        package let total: Int

        package var description: String {
            "\(locale): \(templates.count) of \(total) templates lack it: \(templates.joined(separator: ", "))"
        }
    }

    /// One for each language that is not complete; its readers get a mail, and in the template's own language.
    /// - Throws: the file system's error.
    package func gaps(in names: [String]) throws -> [Gap] {
        var locales: [String: Set<String>] = [:]
        for name in names {
            guard let folder = try? store.folder(named: name) else { continue }
            locales[name] = Set(folder.variants.keys)
        }
        return Set(locales.values.joined()).subtracting([""]).sorted().compactMap { locale in
            let lacking = names.filter { name in
                // Austrians are glad of German.
                guard let tag = try? LocaleTag(locale), let has = locales[name] else { return true }
                return has.isDisjoint(with: tag.fallbacks.dropLast())
            }
            return lacking.isEmpty ? nil : Gap(locale: locale, templates: lacking, total: names.count)
        }
    }

    /// What the operator set, what the layout shows, and what a job brings.
    private func samples(of folder: TemplateFolder) throws(InvalidEmail) -> [MustacheValue] {
        guard !folder.variants.isEmpty else { throw InvalidEmail("The template has no subject.txt; add it.") }
        guard let sample = try folder.sample.get() else {
            throw InvalidEmail("The template has no sample.json; add an example of all its data.")
        }
        guard case .object = sample else {
            throw InvalidEmail("Its sample.json is no object; write {\"name\":\"Ada\"}.")
        }
        return [shared, try folder.layoutSample.get() ?? [:], sample]
    }

    private func problems(of variant: Result<EmailTemplate, InvalidEmail>, _ samples: [MustacheValue]) -> [String] {
        do {
            let template = try variant.get()
            let unknown = template.unknownNames(in: samples)
            guard unknown.isEmpty else {
                return unknown.map { "\($0.file), \($0.name) is not in sample.json; is it misspelt?" }
            }
            _ = try template.render(samples[2], shared: samples[0])
            return []
        } catch {
            return [error.description]
        }
    }
}
