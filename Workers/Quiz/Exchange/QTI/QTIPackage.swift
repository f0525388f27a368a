package import QuizScoring

/// Packages of QTI 3.0: a zip archive whose `imsmanifest.xml` lists its items
/// (https://www.imsglobal.org/spec/qti/v3p0/impl#h.packaging).
package enum QTIPackage {
    private static let manifestPath = "imsmanifest.xml"

    /// Reads the items in the order of the manifest. Items of one name get names of their own.
    package static func read(_ bytes: [UInt8]) throws(InvalidImport) -> ImportReport {
        try InvalidImport.check(bytes)
        let archive = try ZipArchive(bytes)
        try archive.check()
        guard let content = try archive.file(manifestPath) else {
            throw InvalidImport("The archive is no package of QTI: it has no \(manifestPath).")
        }
        let manifest = try QTIManifest(content)
        var (report, names) = (ImportReport(), Set<String>())
        for other in manifest.others { report.note(other.line, other.problem, in: manifestPath) }
        for path in manifest.items {
            do throws(InvalidImport) {
                guard let item = try archive.file(path) else {
                    throw InvalidImport("The file is listed in the manifest, but it is not in the archive.")
                }
                var part = try QTIImport.read(item)
                part.makeNamesUnique(&names)
                report.questions += part.questions
                for note in part.notes { report.note(note.line, note.problem, in: path) }
            } catch {
                report.note(1, error.description, in: path)
            }
        }
        return report
    }

    /// - Returns: the archive, and everything that it cannot hold.
    package static func write(_ questions: [Question]) throws(InvalidImport) -> (bytes: [UInt8], notes: [ExportNote]) {
        var (files, notes): ([(path: String, content: String)], [ExportNote]) = ([], [])
        for question in questions {
            let item = QTIExport.write(question)
            notes += item.notes
            guard !item.text.isEmpty else { continue }
            files.append(("items/\(files.count + 1).xml", item.text))
        }
        let manifest = QTIManifest.text(listing: files.map(\.path))
        guard let bytes = ZipWriter.archive([(manifestPath, manifest)] + files) else {
            throw InvalidImport("There is no memory to write the package.")
        }
        return (bytes, notes)
    }
}

extension ImportReport {
    fileprivate mutating func makeNamesUnique(_ names: inout Set<String>) {
        for index in questions.indices where !names.insert(questions[index].id).inserted {
            let name = questions[index].id
            var number = 2
            while names.contains("\(name)-\(number)") { number += 1 }
            names.insert("\(name)-\(number)")
            questions[index].id = "\(name)-\(number)"
            note(1, "Another item is called \(InvalidDocument.quoted(name)) too; this one becomes \(name)-\(number).")
        }
    }
}
