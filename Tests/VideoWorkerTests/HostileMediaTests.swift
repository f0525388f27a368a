import Foundation
import Glibc
import JobTesting
import Jobs
import MediaSandbox
import Platform
import TestSupport
import Testing
import VideoWorker

/// H-11: files that would have ffmpeg read other files, call addresses, or work for ever. Each with the sandbox, and with
/// the allow-lists alone.
@Suite("H-11: hostile media", .timeLimit(.minutes(5)))
struct HostileMediaTests {
    /// A word that stands in a file which nobody may read.
    private static let canary = "CANARY-4711-CANARY"

    struct File: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// - Parameters: the path of the file that must not be read; the port that must not be called.
        let bytes: @Sendable (String, Int) -> [UInt8]

        init(_ name: String, _ bytes: @escaping @Sendable (String, Int) -> [UInt8]) {
            (testDescription, self.bytes) = (name, bytes)
        }

        static func text(_ name: String, _ text: @escaping @Sendable (String, Int) -> String) -> File {
            File(name) { Array(text($0, $1).utf8) }
        }
    }

    private static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let size = UInt32(content.count + 8).bigEndian
        return withUnsafeBytes(of: size, Array.init) + Array(name.utf8) + content
    }

    private static let ftyp = box("ftyp", Array("isom".utf8) + [0, 0, 2, 0] + Array("isomiso2".utf8))

    static let files: [File] = [
        File("a playlist") { path, _ in Array("#EXTM3U\n#EXTINF:10,\nfile://\(path)\n#EXT-X-ENDLIST\n".utf8) },
        .text(
            "a playlist of an address",
            { _, port in "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/a.ts\n#EXT-X-ENDLIST\n" }),
        .text(
            "a playlist of the cloud's secrets",
            { _, port in "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.2:\(port)/latest/meta-data/\n" }),
        .text(
            "a playlist that joins",
            { path, port in "#EXTM3U\n#EXTINF:10,\nconcat:http://127.0.0.1:\(port)/|file://\(path)\n" }),
        .text(
            "a playlist with a key",
            { path, port in
                "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"http://127.0.0.1:\(port)/k\"\n#EXTINF:1,\n\(path)\n#EXT-X-ENDLIST\n"
            }),
        File("a playlist behind a box") { path, port in
            ftyp + Array("\n#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/\n#EXTINF:10,\nfile://\(path)\n".utf8)
        },
        File("a playlist in a box") { path, port in
            ftyp
                + box("mdat", Array("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/\n#EXTINF:1,\nfile://\(path)".utf8))
        },
        .text("ffconcat", { path, _ in "ffconcat version 1.0\nfile '\(path)'\nduration 5\n" }),
        .text("ffconcat of an address", { _, port in "ffconcat version 1.0\nfile 'http://127.0.0.1:\(port)/x'\n" }),
        .text(
            "DASH",
            { path, port in
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><BaseURL>http://127.0.0.1:\(port)/</BaseURL><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\"><BaseURL>file://\(path)</BaseURL></Representation></AdaptationSet></Period></MPD>"
            }),
        .text(
            "a DASH with entities",
            { path, _ in
                "<?xml version=\"1.0\"?><!DOCTYPE MPD [<!ENTITY x SYSTEM \"file://\(path)\">]><MPD>&x;</MPD>"
            }),
        .text(
            "SDP",
            { _, port in
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video \(port) RTP/AVP 96\na=rtpmap:96 H264/90000\n"
            }),
        .text("RTSP", { _, port in "rtsp://127.0.0.1:\(port)/x\n" }),
        .text(
            "ASX", { _, port in "<asx version=\"3.0\"><entry><ref href=\"http://127.0.0.1:\(port)/\"/></entry></asx>" }),
        .text("SMIL", { path, _ in "<smil><body><video src=\"file://\(path)\"/></body></smil>" }),
        .text("SVG", { path, _ in "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file://\(path)\"/></svg>" }),
        .text("XBIN", { _, _ in "XBIN\u{1A}" + String(repeating: "\u{7F}", count: 4000) }),
        .text("a pattern of pictures", { _, _ in "%d.png" }),
        .text("a text for a terminal", { _, _ in "\u{1B}[31mtty\u{1B}[0m" }),
        .text("a metadata file", { _, _ in ";FFMETADATA1\n[CHAPTER]\nSTART=0\n" }),
        .text("a shell's script", { path, _ in "#!/bin/sh\ncat \(path)\n" }),
        .text("a name that is an option", { path, _ in "-i\n\(path)\n" }),
        .text("a filter graph", { path, _ in "movie=\(path)[out0]" }),
        File("nothing") { _, _ in [] },
        File("one byte") { _, _ in [0] },
        File("only zeros") { _, _ in [UInt8](repeating: 0, count: 100_000) },
        File("only a beginning") { _, _ in ftyp },
        File("a beginning of Matroska") { _, _ in [0x1A, 0x45, 0xDF, 0xA3] + [UInt8](repeating: 0xFF, count: 200) },
        File("a beginning of AVI") { _, _ in Array("RIFF".utf8) + [0xFF, 0xFF, 0xFF, 0x7F] + Array("AVI LIST".utf8) },
        File("AVI whose subtitles are a playlist") { path, port in Self.aviWithPlaylist(path, port) },
        File("a transport stream of nothing") { _, _ in
            let packet: [UInt8] = [0x47, 0x1F, 0xFF, 0x10] + [UInt8](repeating: 0xFF, count: 184)
            return (0..<100).flatMap { _ in packet }
        },
        File("a program stream of nothing") { _, _ in [0, 0, 1, 0xBA] + [UInt8](repeating: 0x44, count: 5000) },
        File("boxes within boxes") { _, _ in
            var content: [UInt8] = []
            for _ in 0..<5000 { content = box("moov", content) }
            return ftyp + content
        },
        File("a box of no size") { _, _ in
            ftyp + [0, 0, 0, 0] + Array("moov".utf8) + [0, 0, 0, 1] + Array("trak".utf8)
        },
        File("a box larger than the world") { _, _ in
            ftyp + [0, 0, 0, 1] + Array("moov".utf8) + [UInt8](repeating: 0x7F, count: 8)
        },
        File("a reference to another file") { path, _ in
            let count: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
            let address: [UInt8] = box("url ", [0, 0, 0, 0] + Array("file://\(path)".utf8) + [0])
            var content = box("dref", count + address)
            for name in ["dinf", "minf", "mdia", "trak", "moov"] { content = box(name, content) }
            return ftyp + content
        },
        File("random bytes behind a beginning") { _, _ in
            var random = SeededGenerator(seed: 7)
            let noise: [UInt8] = (0..<50_000).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
            return ftyp + noise
        },
        File("a movie of random boxes") { _, _ in
            var random = SeededGenerator(seed: 11)
            let names = [
                "trak", "mdia", "minf", "stbl", "stsd", "stts", "stsc", "stsz", "stco", "elst", "mvhd", "tkhd", "hdlr",
            ]
            var content: [UInt8] = []
            for _ in 0..<2000 {
                let bytes = (0..<24).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
                content += box(names.randomElement(using: &random)!, bytes)
            }
            return ftyp + box("moov", content)
        },
        File("PNG") { _, _ in [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 100) },
        .text("PDF", { _, _ in "%PDF-1.7\n" }),
        .text("HTML", { _, _ in "<html><video src=x></html>" }),
        File("WAV") { _, _ in
            Array("RIFF".utf8) + [100, 0, 0, 0] + Array("WAVEfmt ".utf8) + [UInt8](repeating: 0, count: 100)
        },
        File("Flash") { _, _ in Array("FLV".utf8) + [1, 5, 0, 0, 0, 9] + [UInt8](repeating: 0, count: 100) },
    ]

    /// CVE-2017-9993.
    private static func aviWithPlaylist(_ path: String, _ port: Int) -> [UInt8] {
        let playlist = Array("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/\n#EXTINF:10,\nfile://\(path)\n".utf8)
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            Array(name.utf8) + withUnsafeBytes(of: UInt32(content.count).littleEndian, Array.init) + content
                + (content.count % 2 == 0 ? [] : [0])
        }
        let zero = [UInt8](repeating: 0, count: 4)
        let header = chunk("avih", [UInt8](repeating: 0, count: 24) + [1, 0, 0, 0] + [UInt8](repeating: 0, count: 28))
        let stream =
            chunk("strh", Array("txts".utf8) + [UInt8](repeating: 0, count: 52))
            + chunk("strf", [UInt8](repeating: 0, count: 40))
        let data = chunk("GAB2", Array("GAB2".utf8) + [0, 2, 0] + zero + zero + [4, 0] + playlist)
        let lists =
            chunk("LIST", Array("hdrl".utf8) + header + chunk("LIST", Array("strl".utf8) + stream))
            + chunk("LIST", Array("movi".utf8) + chunk("00tx", data))
        return chunk("RIFF", Array("AVI ".utf8) + lists)
    }

    @Test(arguments: files, [Isolation.bubblewrap, .none])
    func `is parked with its reason, and reaches nothing`(file: File, isolation: Isolation) async throws {
        let studio = try Studio { $0.isolation = isolation }
        let secret = studio.temporary.file("secret")
        try Data("\(Self.canary)\n".utf8).write(to: URL(fileURLWithPath: secret))
        let listener = try Listener()
        try studio.upload(file.bytes(secret, listener.port))
        let run = await studio.transcode()
        #expect(run.outcome.burial != nil)
        #expect(run.outcome.burial?.contains(Self.canary) == false)
        #expect(!listener.wasCalled)
        #expect(try FileManager.default.contentsOfDirectory(atPath: studio.path("")).filter { $0 != "uploads" }.isEmpty)
    }

    struct Made: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: String
        let reason: String
    }

    @Test(arguments: [
        Made(
            testDescription: "a rare decoder, MagicYUV",
            arguments: "-f lavfi -i testsrc2=s=64x64 -t 1 -c:v magicyuv -f avi",
            reason: "coded as magicyuv"),
        Made(
            testDescription: "sound alone", arguments: "-f lavfi -i sine -t 1 -c:a aac -f mp4", reason: "has no picture"
        ),
        Made(
            testDescription: "more pixels than 8K",
            arguments: "-f lavfi -i color=s=9000x4400:r=1 -frames:v 1 -c:v mjpeg -f avi",
            reason: "larger than 8K"),
    ])
    func `that is a video of a kind is refused in a sentence`(made: Made) async throws {
        let studio = try Studio()
        try await studio.upload(made.arguments)
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains(made.reason) == true, "\(run.outcome)")
    }

    @Test(arguments: [0.3, 0.6, 0.95])
    func `that is not whole is refused`(share: Double) async throws {
        let studio = try Studio()
        try await studio.upload(
            "-f lavfi -i testsrc2=s=320x180:r=25 -t 20 -c:v libx264 -preset ultrafast -g 25 -movflags +faststart -f mp4"
        )
        let whole = try Data(contentsOf: URL(fileURLWithPath: studio.path("uploads/video")))
        try studio.upload(whole.prefix(Int(Double(whole.count) * share * 0.6)))
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains("damaged") == true, "\(run.outcome)")
        #expect(throws: (any Error).self) { try studio.pointer() }
    }

    @Test func `that lasts longer than allowed is refused`() async throws {
        let studio = try Studio { $0.maxDuration = .seconds(2) }
        try await studio.upload("-f lavfi -i color=s=64x64:r=1 -t 10 -c:v libx264 -f mp4")
        let run = await studio.transcode()
        #expect(run.outcome.burial?.contains("longer than workers.video.maxDuration") == true)
    }
}

/// A port of this machine that nobody should call.
private final class Listener: Sendable {
    let port: Int
    private let descriptor: FileDescriptor

    init() throws {
        descriptor = FileDescriptor(owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK, 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = descriptor.number
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && listen(number, 16) == 0 && getsockname(number, $0, &length) == 0
            }
        }
        guard isBound else { throw TestFailure("no port to listen on") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    var wasCalled: Bool {
        let connection = accept(descriptor.number, nil, nil)
        if connection >= 0 { close(connection) }
        return connection >= 0
    }
}
