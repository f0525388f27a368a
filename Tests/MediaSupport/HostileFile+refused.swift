internal import TestSupport

/// What is no video, or says that it is one and lies.
extension HostileFile {
    private static let ftyp = Movie.box("ftyp", Array("isom".utf8) + [0, 0, 2, 0] + Array("isomiso2".utf8))

    public static let refused: [HostileFile] = [
        HostileFile("a playlist") { path, _ in Array("#EXTM3U\n#EXTINF:10,\nfile://\(path)\n#EXT-X-ENDLIST\n".utf8) },
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
        HostileFile("a playlist behind a box") { path, port in
            ftyp + Array("\n#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/\n#EXTINF:10,\nfile://\(path)\n".utf8)
        },
        HostileFile("a playlist in a box") { path, port in
            ftyp
                + Movie.box(
                    "mdat", Array("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:\(port)/\n#EXTINF:1,\nfile://\(path)".utf8))
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
        HostileFile("nothing") { _, _ in [] },
        HostileFile("one byte") { _, _ in [0] },
        HostileFile("only zeros") { _, _ in [UInt8](repeating: 0, count: 100_000) },
        HostileFile("only a beginning") { _, _ in ftyp },
        HostileFile("a beginning of Matroska") { _, _ in
            [0x1A, 0x45, 0xDF, 0xA3] + [UInt8](repeating: 0xFF, count: 200)
        },
        HostileFile("a beginning of AVI") { _, _ in
            Array("RIFF".utf8) + [0xFF, 0xFF, 0xFF, 0x7F] + Array("AVI LIST".utf8)
        },
        HostileFile("AVI whose subtitles are a playlist") { path, port in aviWithPlaylist(path, port) },
        HostileFile("a transport stream of nothing") { _, _ in
            let packet: [UInt8] = [0x47, 0x1F, 0xFF, 0x10] + [UInt8](repeating: 0xFF, count: 184)
            return (0..<100).flatMap { _ in packet }
        },
        HostileFile("a program stream of nothing") { _, _ in [0, 0, 1, 0xBA] + [UInt8](repeating: 0x44, count: 5000) },
        HostileFile("boxes within boxes") { _, _ in
            var content: [UInt8] = []
            for _ in 0..<5000 { content = Movie.box("moov", content) }
            return ftyp + content
        },
        HostileFile("a box of no size") { _, _ in
            ftyp + [0, 0, 0, 0] + Array("moov".utf8) + [0, 0, 0, 1] + Array("trak".utf8)
        },
        HostileFile("a box larger than the world") { _, _ in
            ftyp + [0, 0, 0, 1] + Array("moov".utf8) + [UInt8](repeating: 0x7F, count: 8)
        },
        HostileFile("a reference to another file") { path, _ in
            let count: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
            let address: [UInt8] = Movie.box("url ", [0, 0, 0, 0] + Array("file://\(path)".utf8) + [0])
            var content = Movie.box("dref", count + address)
            for name in ["dinf", "minf", "mdia", "trak", "moov"] { content = Movie.box(name, content) }
            return ftyp + content
        },
        HostileFile("random bytes behind a beginning") { _, _ in
            var random = SeededGenerator(seed: 7)
            let noise: [UInt8] = (0..<50_000).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
            return ftyp + noise
        },
        HostileFile("a movie of random boxes") { _, _ in
            var random = SeededGenerator(seed: 11)
            let names = [
                "trak", "mdia", "minf", "stbl", "stsd", "stts", "stsc", "stsz", "stco", "elst", "mvhd", "tkhd", "hdlr",
            ]
            var content: [UInt8] = []
            for _ in 0..<2000 {
                let bytes = (0..<24).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
                content += Movie.box(names.randomElement(using: &random)!, bytes)
            }
            return ftyp + Movie.box("moov", content)
        },
        HostileFile("PNG") { _, _ in
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 100)
        },
        .text("PDF", { _, _ in "%PDF-1.7\n" }),
        .text("HTML", { _, _ in "<html><video src=x></html>" }),
        HostileFile("WAV") { _, _ in
            Array("RIFF".utf8) + [100, 0, 0, 0] + Array("WAVEfmt ".utf8) + [UInt8](repeating: 0, count: 100)
        },
        HostileFile("Flash") { _, _ in Array("FLV".utf8) + [1, 5, 0, 0, 0, 9] + [UInt8](repeating: 0, count: 100) },
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
}
