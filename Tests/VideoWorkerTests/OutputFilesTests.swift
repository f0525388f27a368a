import Foundation
import MediaSandbox
import TestSupport
import Testing

@testable import VideoWorker

/// What an encoder that is somebody else's may leave behind for us to publish.
@Suite("What programs wrote")
struct OutputFilesTests {
    private func withFolder(_ body: (JobFolder, TemporaryFolder) throws -> Void) throws {
        let temporary = try TemporaryFolder()
        try Data("canary".utf8).write(to: URL(fileURLWithPath: temporary.file("secret")))
        try body(try JobFolder(in: temporary.file("work"), named: "job"), temporary)
    }

    @Test func `is plain files, also in folders`() throws {
        try withFolder { folder, _ in
            try folder.makeOutputFolder("audio")
            try Data("one".utf8).write(to: URL(fileURLWithPath: folder.output("audio/init.mp4")))
            let files = try OutputFiles(of: folder)
            #expect(try files.text(of: "audio/init.mp4") == "one")
            #expect(throws: UnsoundOutput.self) { try files.require("video.mp4") }
            #expect(throws: UnsoundOutput.self) { try files.requirePicture("audio/init.mp4") }
        }
    }

    @Test func `is refused with a link to a file, a link to a folder, or a pipe in it`() throws {
        try withFolder { folder, temporary in
            try FileManager.default.createSymbolicLink(
                atPath: folder.output("video.mp4"), withDestinationPath: temporary.file("secret"))
            #expect(throws: UnsoundOutput.self) { try OutputFiles(of: folder) }
        }
        try withFolder { folder, temporary in
            try FileManager.default.createSymbolicLink(
                atPath: folder.output("audio"), withDestinationPath: temporary.path)
            #expect(throws: UnsoundOutput.self) { try OutputFiles(of: folder) }
        }
        try withFolder { folder, temporary in
            try FileManager.default.linkItem(atPath: temporary.file("secret"), toPath: folder.output("video.mp4"))
            #expect(throws: UnsoundOutput.self) { try OutputFiles(of: folder) }
        }
        try withFolder { folder, _ in
            #expect(mkfifo(folder.output("video.mp4"), 0o600) == 0)
            #expect(throws: UnsoundOutput.self) { try OutputFiles(of: folder) }
        }
    }

    @Test func `begins with its index, or does not`() throws {
        try withFolder { folder, _ in
            func box(_ name: String, _ bytes: Int) -> [UInt8] {
                [0, 0, 0, UInt8(8 + bytes)] + Array(name.utf8) + [UInt8](repeating: 0, count: bytes)
            }
            try Data(box("ftyp", 8) + box("moov", 40) + box("mdat", 9)).write(
                to: URL(fileURLWithPath: folder.output("quick.mp4")))
            try Data(box("ftyp", 8) + box("mdat", 9) + box("moov", 40)).write(
                to: URL(fileURLWithPath: folder.output("slow.mp4")))
            try Data([0, 0, 0, 0, 0, 0, 0, 0, 1]).write(to: URL(fileURLWithPath: folder.output("none.mp4")))
            let files = try OutputFiles(of: folder)
            #expect(try files.startsWithIndex("quick.mp4"))
            #expect(try !files.startsWithIndex("slow.mp4"))
            #expect(try !files.startsWithIndex("none.mp4"))
        }
    }

    @Test func `of loudness is the last summary's`() {
        let log = """
            [Parsed_ebur128_2 @ 0x1] Summary:

              Integrated loudness:
                I:         -21.8 LUFS
                Threshold: -31.8 LUFS
            """
        #expect(LoudnessSummary(log)?.integrated == -21.8)
        #expect(LoudnessSummary(log.replacingOccurrences(of: "-21.8", with: "-70.0")) == nil)
        #expect(LoudnessSummary(log.replacingOccurrences(of: "-21.8", with: "-inf")) == nil)
        #expect(LoudnessSummary("I: -3 LUFS") == nil)
    }
}
