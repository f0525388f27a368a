import MediaProbe
import Testing

@Suite("What a file is")
struct MediaFactsTests {
    @Test(arguments: [
        (Array("\u{0}\u{0}\u{0}\u{18}ftypisom".utf8), ContainerFormat.mov), ([0x1A, 0x45, 0xDF, 0xA3, 1], .matroska),
        (Array("RIFF1234AVI LIST".utf8), .avi), ([0, 0, 1, 0xBA, 0x44], .mpegPS),
        ((0..<1024).map { $0 % 188 == 0 ? 0x47 : 0 }, .mpegTS), ((0..<1024).map { $0 % 192 == 4 ? 0x47 : 0 }, .mpegTS),
    ])
    func `its first bytes say`(bytes: [UInt8], format: ContainerFormat) {
        #expect(ContainerFormat(firstBytes: bytes) == format)
    }

    @Test(arguments: ["", "#EXTM3U\n", "ffconcat version 1.0", "<?xml", "RIFF1234WAVE", "GGGGGGGG", "ftyp", "%PDF"])
    func `is none of those for all else`(text: String) {
        #expect(ContainerFormat(firstBytes: Array(text.utf8)) == nil)
    }

    private func facts(_ streams: String, format: String = #"{"duration":"12.5"}"#) throws -> MediaFacts {
        try MediaFacts(probe: Array(#"{"streams":[\#(streams)],"format":\#(format)}"#.utf8), container: .mov)
    }

    private static let video =
        #"{"index":0,"codec_type":"video","codec_name":"h264","width":720,"height":576,"pix_fmt":"yuv420p","r_frame_rate":"25/1","avg_frame_rate":"25/1""#

    @Test func `is read from ffprobe's answer`() throws {
        let facts = try facts(
            Self.video
                + #","sample_aspect_ratio":"64:45","field_order":"tt","color_transfer":"smpte2084","nb_frames":"1","duration":"12.4","side_data_list":[{"rotation":-90}]},{"index":1,"codec_type":"audio","codec_name":"aac","channels":6,"channel_layout":"5.1","sample_rate":"48000"},{"index":2,"codec_type":"subtitle","codec_name":"mov_text","tags":{"language":"deu"}},{"index":3,"codec_type":"subtitle","codec_name":"hdmv_pgs_subtitle"}"#
        )
        #expect(facts.duration == 12.5)
        #expect(facts.video.rotation == 90)
        #expect(facts.video.displaySize == (576, 1024))
        #expect(facts.video.isInterlaced && facts.video.isStill && facts.video.isHighDynamicRange)
        #expect(facts.video.hasConstantRate)
        #expect(facts.audio?.channels == 6)
        #expect(facts.subtitles.map(\.language) == ["deu"])
    }

    @Test func `lasts as long as there is something to see or to hear`() throws {
        let sound =
            #","duration":"10"},{"index":1,"codec_type":"audio","codec_name":"aac","channels":2,"sample_rate":"48000""#
        #expect(try facts(Self.video + sound + #","duration":"11"}"#).duration == 11)
        #expect(try facts(Self.video + sound + #","tags":{"DURATION":"00:00:09.5"}}"#).duration == 10)
        #expect(try facts(Self.video + sound + "}").duration == 12.5)
        #expect(try facts(Self.video + #","duration":"10"}"#).duration == 10)
    }

    @Test func `takes the picture before the cover, and the sound that is chosen`() throws {
        let facts = try facts(
            #"{"index":0,"codec_type":"video","codec_name":"png","width":300,"height":300,"disposition":{"attached_pic":1}},"#
                + Self.video.replacing("\"index\":0", with: "\"index\":1")
                + #"},{"index":2,"codec_type":"audio","codec_name":"aac","channels":1,"sample_rate":"44100"},{"index":3,"codec_type":"audio","codec_name":"aac","channels":2,"sample_rate":"44100","disposition":{"default":1}}"#,
            format: "{}")
        #expect(facts.video.index == 1)
        #expect(facts.audio?.index == 3)
        #expect(facts.duration == nil)
    }

    @Test(arguments: [
        ("", "has no picture"), (#"{"index":0,"codec_type":"audio","codec_name":"aac"}"#, "has no picture"),
        (#"{"index":0,"codec_type":"video","codec_name":"magicyuv","width":1,"height":1}"#, "coded as magicyuv"),
        (#"{"index":0,"codec_type":"video","codec_name":"x\u001b[31m","width":1,"height":1}"#, "coded as x31m"),
        (#"{"index":0,"codec_type":"video","codec_name":"h264"}"#, "have no size"),
        (#"{"index":0,"codec_type":"video","codec_name":"h264","width":65535,"height":65535}"#, "more than 8K"),
        (
            #"{"index":0,"codec_type":"video","codec_name":"h264","width":9223372036854775807,"height":2}"#,
            "more than 8K"
        ),
        (#"{"index":"zero"}"#, "cannot be read"),
    ])
    func `is refused in a sentence`(streams: String, sentence: String) {
        let error = #expect(throws: UnusableMedia.self) { try facts(streams) }
        #expect(error?.description.contains(sentence) == true)
    }

    @Test(arguments: ["0/0", "", "a/b", "30", "-1/1", "1/0", "99999999999/1"])
    func `has no rate where none is said`(text: String) { #expect(FrameRate(text) == nil) }
}
