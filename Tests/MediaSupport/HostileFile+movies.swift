/// What ffmpeg does read, and what is to wear it out or lead it astray.
extension HostileFile {
    private static func movie(_ name: String, _ change: @escaping @Sendable (inout Movie, String, Int) -> Void)
        -> HostileFile
    {
        HostileFile(name) { path, port in
            var movie = Movie()
            change(&movie, path, port)
            return movie.bytes
        }
    }

    private static let most = Movie.number(UInt32.max)

    public static let movies: [HostileFile] = [
        movie("an honest movie") { _, _, _ in },
        movie("frames of 65,535 by 65,535") { movie, _, _ in (movie.width, movie.height) = (.max, .max) },
        movie("two thousand million frames") { movie, _, _ in movie.frames = 2_000_000_000 },
        movie("a hundred million frames") { movie, _, _ in movie.frames = 100_000_000 },
        movie("a million edits") { movie, _, _ in
            movie.edits = (0..<1_000_000).map { (1, Int32($0 % 20)) }
        },
        movie("an edit that goes back for ever") { movie, _, _ in
            movie.edits = [(.max, -1), (.max, .min), (1, .max), (0, 0)]
        },
        movie("five thousand tracks") { movie, _, _ in movie.tracks = 5000 },
        movie("a million frames a second") { movie, _, _ in movie.ticks = 1_000_000 },
        movie("no ticks in a second") { movie, _, _ in movie.ticks = 0 },
        movie("a day in a thousand bytes") { movie, _, _ in
            (movie.ticks, movie.frameTicks, movie.frames) = (1, 86_400, 1)
        },
        movie("an hour in a thousand bytes") { movie, _, _ in
            (movie.ticks, movie.frameTicks, movie.frames) = (1, 3600, 1)
        },
        movie("frames of no length") { movie, _, _ in movie.frameTicks = 0 },
        movie("frames behind the end") { movie, _, _ in movie.offset = .max },
        movie("frames that are the index") { movie, _, _ in movie.offset = 0 },
        movie("frames that are shown an age later") { movie, _, _ in
            movie.tableBoxes = Movie.full("ctts", Movie.number(UInt32(1)) + most + Movie.number(Int32.max))
        },
        movie("more key frames than there is memory") { movie, _, _ in
            movie.tableBoxes = Movie.full("stss", most) + Movie.full("sdtp", Movie.zeros(10_000))
        },
        movie("an alias of another file") { movie, path, _ in
            let name = Array(path.utf8.suffix(60))
            movie.dataReference = Movie.box(
                "alis",
                Movie.number(UInt32(0)) + Movie.zeros(6) + Movie.number(UInt16(200)) + Movie.zeros(40)
                    + [UInt8(name.count)] + name + Movie.zeros(100) + Movie.number(UInt16(2))
                    + Movie.number(UInt16(path.utf8.count)) + Array(path.utf8) + [0, 0, 0xFF, 0xFF])
        },
        movie("an address for its data") { movie, _, port in
            movie.dataReference = Movie.full("url ", Array("http://127.0.0.1:\(port)/data".utf8) + [0])
        },
        movie("a movie elsewhere") { movie, _, port in
            let address = Array("http://127.0.0.1:\(port)/movie".utf8) + [0]
            movie.movieBoxes = Movie.box(
                "rmra",
                Movie.box(
                    "rmda",
                    Movie.full("rdrf", Array("url ".utf8) + Movie.number(UInt32(address.count)) + address)))
        },
        movie("an index that is larger unpacked than the memory") { movie, _, _ in
            movie.movieBoxes = Movie.box(
                "cmov", Movie.box("dcom", Array("zlib".utf8)) + Movie.box("cmvd", most + Movie.zeros(64)))
        },
        movie("encrypted frames, with more of them than there are") { movie, _, _ in
            let key = Movie.full("tenc", [0, 0, 1, 16] + Movie.zeros(16))
            let scheme = Movie.full("schm", Array("cenc".utf8) + Movie.number(UInt32(0x10000)))
            movie.format = "encv"
            movie.formatBoxes = Movie.box(
                "sinf", Movie.box("frma", Array("raw ".utf8)) + scheme + Movie.box("schi", key))
            movie.tableBoxes =
                Movie.full("senc", most + Movie.zeros(64))
                + Movie.full("saiz", [0] + most + Movie.zeros(8)) + Movie.full("saio", most + most)
        },
        movie("a piece that claims a million encrypted frames") { movie, _, _ in
            let header = Movie.box("tfhd", Movie.number(UInt32(0)) + Movie.number(UInt32(1)))
            let frames = Movie.box(
                "trun", Movie.number(UInt32(0x301)) + Movie.number(UInt32(1_000_000)) + Movie.zeros(64))
            movie.moreBoxes = Movie.box(
                "moof",
                Movie.full("mfhd", Movie.number(UInt32(1)))
                    + Movie.box("traf", header + frames + Movie.full("senc", Movie.number(UInt32(1_000_000)))))
        },
        movie("a cover of a hundred thousand by a hundred thousand") { movie, _, _ in
            let size = Movie.number(UInt32(100_000))
            let picture =
                [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Movie.number(UInt32(13)) + Array("IHDR".utf8) + size
                + size + [8, 6, 0, 0, 0] + Movie.zeros(200)
            let cover = Movie.box("covr", Movie.box("data", Movie.number(UInt32(14)) + Movie.zeros(4) + picture))
            movie.movieBoxes = Movie.box(
                "udta", Movie.full("meta", Movie.full("hdlr", Movie.zeros(20)) + Movie.box("ilst", cover)))
        },
        movie("words for a terminal, and for a playlist") { movie, path, _ in
            let words = Array("\u{1B}]0;x\u{7}\n#EXTM3U\nfile://\(path)\n".utf8)
            let title = Movie.box("data", Movie.number(UInt32(1)) + Movie.zeros(4) + words)
            let list = Movie.box("ilst", Movie.box("\u{FF}nam".replacing("\u{FF}", with: "x"), title))
            movie.movieBoxes = Movie.box("udta", Movie.full("meta", list) + Movie.box("name", words))
        },
        HostileFile("a chain of Matroska's elements within each other") { _, _ in
            [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x82, 0x81, 0x6D]
                + (0..<20_000).flatMap { _ in
                    [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] as [UInt8]
                }
        },
        HostileFile("Matroska, a name of two gigabytes") { _, _ in
            [0x1A, 0x45, 0xDF, 0xA3, 0x08, 0x7F, 0xFF, 0xFF, 0xFF, 0x42, 0x82, 0x08, 0x7F, 0xFF, 0xFF, 0xF0]
                + [UInt8](repeating: 0x61, count: 5000)
        },
        HostileFile("a transport stream of a thousand programs") { _, _ in
            (0..<1000).flatMap { number -> [UInt8] in
                let table: [UInt8] = [0x47, 0x40, 0, 0x10, 0, 0, 0xB0, 0xB1, 0, 1, 0xC1, 0, 0]
                let programs = (0..<42).flatMap { index -> [UInt8] in
                    Movie.number(UInt16(number * 42 + index)) + Movie.number(UInt16(0xE000 | (index + 32)))
                }
                return Array((table + programs + Movie.zeros(188)).prefix(188))
            }
        },
        HostileFile("AVI, frames of two gigabytes") { _, _ in
            let zero = Movie.zeros(4), most: [UInt8] = [0xFF, 0xFF, 0xFF, 0x7F]
            return Array("RIFF".utf8) + most + Array("AVI LIST".utf8) + [0xC0, 0, 0, 0] + Array("hdrlavih".utf8)
                + [56, 0, 0, 0] + zero + Movie.zeros(20) + [1, 0, 0, 0] + Movie.zeros(28) + Array("LIST".utf8)
                + [116, 0, 0, 0] + Array("strlstrh".utf8) + [56, 0, 0, 0] + Array("vidsMJPG".utf8) + Movie.zeros(12)
                + [0, 0, 0, 0] + most + Movie.zeros(24) + Array("strf".utf8) + [40, 0, 0, 0, 40, 0, 0, 0] + most + most
                + [1, 0, 24, 0] + Array("MJPG".utf8) + Movie.zeros(20) + Array("LIST".utf8) + most
                + Array("movi00dc".utf8) + most + Movie.zeros(1000)
        },
    ]
}
