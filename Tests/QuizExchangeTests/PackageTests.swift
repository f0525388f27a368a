import Foundation
import QuizScoring
import TestSupport
import Testing

@testable import QuizExchange

/// Packages as https://www.imsglobal.org/spec/qti/v3p0/impl describes them, and hostile ones.
@Suite("QTI packages", .timeLimit(.minutes(2))) struct PackageTests {
    private static let right = Question(
        id: "one", title: "One", prompt: "Which?",
        interaction: .choice(
            ChoiceInteraction(choices: [Choice(id: "a", text: "Ä", fraction: 1), Choice(id: "b", text: "B")])))

    private func read(_ files: [(String, String)]) throws -> ImportReport {
        try QTIPackage.read(try #require(ZipWriter.archive(files.map { (path: $0.0, content: $0.1) })))
    }

    private func manifest(_ paths: String...) -> (String, String) {
        ("imsmanifest.xml", QTIManifest.text(listing: paths))
    }

    @Test func `questions survive the way out and back`() throws {
        let second = Question(
            id: "two", title: "Two", prompt: "Why?", points: 4, interaction: .essay(EssayInteraction()))
        let package = try QTIPackage.write([Self.right, second])
        #expect(package.notes.isEmpty)
        let report = try QTIPackage.read(package.bytes)
        #expect(report.notes.isEmpty, "\(report.notes)")
        #expect(report.questions.map(\.id) == ["one", "two"])
        #expect(report.questions[1] == second)
        #expect(ExchangeFormat.guess(package.bytes) == .qti)
        // No time of day is in it.
        #expect(try QTIPackage.write([Self.right, second]).bytes == package.bytes)
    }

    @Test func `other programs unpack it`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/package.zip"
        try Data(QTIPackage.write([Self.right]).bytes).write(to: URL(fileURLWithPath: file))
        try await Tool.python.run("-m", "zipfile", "-t", file)
    }

    @Test func `what is not taken over is listed by file and line`() throws {
        let item = QTIExport.write(Self.right).text
        let listed = manifest("items/1.xml", "items/2.xml", "items/gone.xml", "items/bad.xml")
        let text = listed.1.replacing(
            "</resources>",
            with: "<resource identifier='t' type='imsqti_test_xmlv3p0' href='test.xml'/></resources>")
        let report = try read([
            ("imsmanifest.xml", text), ("items/1.xml", item), ("items/2.xml", item), ("items/bad.xml", "<html/>"),
        ])
        #expect(report.questions.map(\.id) == ["one", "one-2"])
        let notes = report.notes.map(\.description)
        #expect(notes.count == 4, "\(notes)")
        #expect(notes[0].hasPrefix("imsmanifest.xml, line 21: The test test.xml is not taken over"), "\(notes[0])")
        #expect(notes[1] == "items/2.xml, line 1: Another item is called 'one' too; this one becomes one-2.")
        #expect(notes[2].hasPrefix("items/gone.xml, line 1: The file is listed in the manifest, but"))
        #expect(notes[3].hasPrefix("items/bad.xml, line 1: The file is no QTI 3.0 item"))
    }

    @Test(arguments: ["../one.xml", "/etc/passwd", "a/../../b.xml", "C:\\b.xml", "http://x/y.xml", ""])
    func `a package names no files but its own`(path: String) throws {
        let report = try read([manifest(path), (path.isEmpty ? "x" : path, QTIExport.write(Self.right).text)])
        #expect(report.questions.isEmpty)
        #expect(report.notes.map(\.problem) == ["The item lies outside of the package."])
    }

    @Test func `a file that unpacks to too much is stopped while it does`() throws {
        let bomb = String(repeating: " ", count: InvalidImport.mostBytes + 1)
        let bytes = try #require(
            ZipWriter.archive([
                (path: "imsmanifest.xml", content: manifest("1.xml", "2.xml").1), (path: "1.xml", content: bomb),
                (path: "2.xml", content: QTIExport.write(Self.right).text),
            ]))
        #expect(bytes.count < 100_000)
        let report = try QTIPackage.read(bytes)
        #expect(report.questions.count == 1)
        #expect(report.notes.first?.problem.hasPrefix("The archive unpacks to more than is allowed") ?? false)
    }

    @Test func `one file that is listed again and again is stopped as well`() throws {
        let large = "<qti-assessment-item>" + String(repeating: " ", count: 15 << 20) + "</qti-assessment-item>"
        let paths = Array(repeating: "1.xml", count: 30)
        let report = try read([("imsmanifest.xml", QTIManifest.text(listing: paths)), ("1.xml", large)])
        let stopped = report.notes.filter { $0.problem.hasPrefix("The archive unpacks to more") }
        #expect(stopped.count == 13)
    }

    @Test func `too many files are refused`() throws {
        let files = (0...ZipArchive.mostFiles).map { ("f\($0)", "") }
        #expect(throws: InvalidImport.self) { try read(files) }
    }

    @Test func `what is no package says so`() throws {
        for bytes in [[], Array("PK\u{3}\u{4}".utf8), Array(repeating: UInt8(7), count: 500)] {
            #expect(throws: InvalidImport.self) { try QTIPackage.read(bytes) }
        }
        #expect(throws: InvalidImport.self) { try read([("a.xml", "<a/>")]) }
    }

    @Test func `damaged packages trap nowhere`() throws {
        let package = try QTIPackage.write([Self.right]).bytes
        var random = SeededGenerator(seed: 20_261_124)
        for _ in 0..<2000 {
            var bytes = package
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            _ = try? QTIPackage.read(bytes)
        }
    }

    @Test func `formats are told apart by what files look like`() throws {
        let utf8 = { (text: String) in Array(text.utf8) }
        #expect(ExchangeFormat.guess(utf8("\u{FEFF}<?xml version='1.0'?><quiz/>")) == .moodle)
        #expect(ExchangeFormat.guess(utf8(QTIExport.write(Self.right).text)) == .qti)
        #expect(ExchangeFormat.guess(utf8("::t:: 1+1? {=2}")) == .gift)
        #expect(ExchangeFormat.guess([]) == .gift)
    }
}
