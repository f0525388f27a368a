import AdaptiveStreaming
import MediaProbe
import Testing

@Suite("Playlists")
struct PlaylistTests {
    private let playlist = MediaPlaylist(
        initialization: "init.mp4",
        segments: [.init(duration: 6.006, name: "00000.m4s"), .init(duration: 1.5, name: "00001.m4s")])

    @Test func `of media are written as they were read`() throws {
        #expect(try MediaPlaylist(reading: playlist.text) == playlist)
        #expect(playlist.text.contains("#EXT-X-TARGETDURATION:7\n"))
        #expect(abs(playlist.duration - 7.506) < 1e-9)
    }

    @Test func `have their key behind the map, which is not encrypted`() throws {
        var encrypted = playlist
        encrypted.key = PlaylistKey(address: "https://learn.example.org/keys/1")
        let lines = encrypted.text.split(separator: "\n")
        let map = try #require(lines.firstIndex { $0.hasPrefix("#EXT-X-MAP") })
        #expect(lines[map + 1] == "#EXT-X-KEY:METHOD=AES-128,URI=\"https://learn.example.org/keys/1\"")
        #expect(PlaylistKey(address: "https://x/\"\n#EXTINF") == nil)
    }

    @Test(arguments: [
        "", "#EXTM3U", "#EXTM3U\n#EXTINF:6,\n00000.m4s", "#EXTM3U\n#EXT-X-ENDLIST",
        "#EXTM3U\n00000.m4s\n#EXT-X-ENDLIST",
        "#EXTM3U\n#EXTINF:6,\n../../etc/passwd\n#EXT-X-ENDLIST", "#EXTM3U\n#EXTINF:6,\nhttp://x/y\n#EXT-X-ENDLIST",
        "#EXTM3U\n#EXTINF:nan,\n0.m4s\n#EXT-X-ENDLIST", "#EXTM3U\n#EXTINF:6,\n.hidden\n#EXT-X-ENDLIST",
    ])
    func `that are not sound are refused`(text: String) {
        #expect(throws: UnsoundPlaylist.self) { try MediaPlaylist(reading: text) }
    }

    @Test func `of what there is to choose name codecs, rates and sizes`() {
        let variant = MasterPlaylist.Variant(
            playlist: "640x360/index.m3u8", width: 640, height: 360, frameRate: FrameRate(30000, per: 1001),
            codecs: ["avc1.64001E", "mp4a.40.2"], bandwidth: Bandwidth(peak: 1_000_000, average: 800_000))
        let master = MasterPlaylist(
            variants: [variant], audio: "audio/index.m3u8",
            captions: [.init(playlist: "captions-0.m3u8", name: "A \"B\"\nC", language: "de")])
        #expect(
            master.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio/index.m3u8"
                #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="A BC",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="captions-0.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=1000000,AVERAGE-BANDWIDTH=800000,CODECS="avc1.64001E,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970,AUDIO="audio",SUBTITLES="captions",CLOSED-CAPTIONS=NONE
                640x360/index.m3u8

                """)
    }

    @Test func `measure what segments need`() {
        let bandwidth = Bandwidth(of: [(6, 600_000), (6, 300_000), (0.1, 20_000)])
        #expect(bandwidth.peak == 800_000)
        #expect(bandwidth.average == 608_265)
        // A short rest counts with what is before it, and the peak is no less than the average.
        #expect(Bandwidth(of: [(6, 600_000), (1, 300_000)]).peak == 1_028_572)
        #expect(Bandwidth(of: [(2, 200_000)]) == Bandwidth(peak: 800_000, average: 800_000))
    }

    @Test func `know the codec from the box that tells it`() {
        let start: [UInt8] = [0, 0, 0, 40] + Array("avcC".utf8) + [1, 0x64, 0x00, 0x1F, 0xFF, 0xE1]
        #expect(CodecString.video(initialization: start) == "avc1.64001F")
        #expect(CodecString.video(initialization: Array("avcC".utf8)) == nil)
        #expect(CodecString.video(initialization: []) == nil)
    }

    @Test func `of small pictures say where each one is`() {
        let board = Storyboard(for: (1920, 1080), duration: 30)
        let text = board.webVTT(duration: 30.5)
        #expect(text.hasPrefix("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n1.jpg#xywh=0,0,160,90\n\n"))
        #expect(text.hasSuffix("00:00:30.000 --> 00:00:30.500\n2.jpg#xywh=0,90,160,90\n"))
        #expect(Storyboard(for: (1080, 1920), duration: 7200).interval == 60)
    }

    @Test func `of captions begin with the video`() {
        #expect(
            WebVTT.mapped("WEBVTT\n\nx", start: 0.1) == "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:9000,LOCAL:00:00:00.000\n\nx")
        #expect(WebVTT.mapped("1\n00:00", start: 0) == nil)
    }
}
