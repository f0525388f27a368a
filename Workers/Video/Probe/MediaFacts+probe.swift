internal import FoundationEssentials

extension MediaFacts {
    /// What ffprobe is asked for.
    package static let probeEntries = """
        stream=index,codec_type,codec_name,width,height,pix_fmt,sample_aspect_ratio,r_frame_rate,avg_frame_rate,nb_frames,\
        time_base,start_time,duration,field_order,color_transfer,color_primaries,channels,channel_layout,sample_rate\
        :stream_tags=language,DURATION:stream_disposition=default,attached_pic:stream_side_data=rotation:format=duration
        """

    /// More than 8K has.
    package static let maxPixels = 33_177_600
    /// A day.
    static let maxSeconds = 86_400.0

    /// - Parameter json: the answer of ffprobe with `-of json` to ``probeEntries``.
    package init(probe json: [UInt8], container: ContainerFormat) throws(UnusableMedia) {
        guard let answer = try? JSONDecoder().decode(ProbeAnswer.self, from: Data(json)) else {
            throw UnusableMedia("The file's description cannot be read: it is damaged, or no video.")
        }
        let streams = answer.streams ?? []
        self.container = container
        video = try Self.video(of: streams)
        audio = Self.audio(of: streams)
        duration = Self.duration(Self.seconds(answer.format?.duration), video, audio)
        subtitles = streams.filter { $0.codec_type == "subtitle" }.compactMap(SubtitleFacts.init)
    }

    /// That of what is shown and heard; others, such as subtitles, may go on after it.
    private static func duration(_ container: Double?, _ video: VideoFacts, _ audio: AudioFacts?) -> Double? {
        guard let container, let shown = video.duration else { return container }
        guard let audio else { return min(container, shown) }
        return audio.duration.map { min(container, max(shown, $0)) } ?? container
    }

    private static func video(of streams: [ProbeAnswer.Stream]) throws(UnusableMedia) -> VideoFacts {
        let pictures = streams.filter { $0.codec_type == "video" && $0.codec_name != nil }
        // A cover is a picture only where there is no better one.
        let best = preferred(pictures.filter { !$0.has("attached_pic") }) ?? preferred(pictures)
        guard let best else { throw UnusableMedia("The file has no picture: it is no video.") }
        return try VideoFacts(best)
    }

    private static func audio(of streams: [ProbeAnswer.Stream]) -> AudioFacts? {
        preferred(streams.filter { $0.codec_type == "audio" && AudioFacts($0) != nil }).flatMap(AudioFacts.init)
    }

    private static func preferred(_ streams: [ProbeAnswer.Stream]) -> ProbeAnswer.Stream? {
        streams.first { $0.has("default") } ?? streams.first
    }

    /// Of ffprobe's `12.345`, or of Matroska's `00:00:12.345`.
    static func seconds(_ text: String?) -> Double? {
        guard let text else { return nil }
        let parts = text.split(separator: ":").map { Double($0) }
        guard (1...3).contains(parts.count) else { return nil }
        var sum = 0.0
        for part in parts {
            guard let part else { return nil }
            sum = sum * 60 + part
        }
        return sum.isFinite && sum > 0 && sum <= maxSeconds ? sum : nil
    }
}

extension ProbeAnswer.Stream {
    fileprivate var seconds: Double? { MediaFacts.seconds(duration) ?? MediaFacts.seconds(tags?["DURATION"]) }
}

extension VideoFacts {
    fileprivate init(_ stream: ProbeAnswer.Stream) throws(UnusableMedia) {
        let codec = stream.codec_name ?? ""
        guard AllowedCodecs.canDecodeVideo(codec) else {
            throw UnusableMedia(
                "The video is coded as \(Self.word(codec)), which is not read here; export it as H.264.")
        }
        guard let width = stream.width, let height = stream.height, width > 0, height > 0 else {
            throw UnusableMedia(
                "The video's frames have no size: the file is damaged, or its frames are larger than 8K.")
        }
        guard width <= 16_384, height <= 16_384, width * height <= MediaFacts.maxPixels else {
            throw UnusableMedia(
                "The video's frames have \(width) by \(height) pixels, more than 8K; export it smaller.")
        }
        (index, self.codec, self.width, self.height) = (stream.index, codec, width, height)
        pixelFormat = Self.word(stream.pix_fmt ?? "")
        pixelAspect = Self.aspect(stream.sample_aspect_ratio)
        rotation = Self.rotation(stream.side_data_list ?? [])
        frameRate = stream.r_frame_rate.flatMap { FrameRate($0) }
        averageRate = stream.avg_frame_rate.flatMap { FrameRate($0) }
        isInterlaced = ["tt", "bb", "tb", "bt"].contains(stream.field_order)
        transfer = Self.transfer(stream.color_transfer)
        primaries = stream.color_primaries.map(Self.word)
        ticks = Self.ticks(stream.time_base)
        start = stream.start_time.flatMap { Double($0) }
        duration = stream.seconds
        isStill = stream.has("attached_pic") || stream.nb_frames == "1"
    }

    private static func ticks(_ timeBase: String?) -> Int {
        let parts = (timeBase ?? "").split(separator: "/").compactMap { Int($0) }
        return parts.count == 2 && (1...1_000_000_000).contains(parts[1]) ? parts[1] : 1000
    }

    private static func aspect(_ text: String?) -> Double {
        let parts = (text ?? "").split(separator: ":").compactMap { Double($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0, (0.1...10).contains(parts[0] / parts[1]) else { return 1 }
        return parts[0] / parts[1]
    }

    /// ffprobe's is against the clock.
    private static func rotation(_ sideData: [ProbeAnswer.Stream.SideData]) -> Int {
        guard let angle = sideData.compactMap(\.rotation).first, abs(angle) <= 360 else { return 0 }
        return ((Int((-angle / 90).rounded()) * 90) % 360 + 360) % 360
    }

    private static func transfer(_ name: String?) -> Transfer {
        switch name {
        case "smpte2084": .perceptualQuantizer
        case "arib-std-b67": .hybridLogGamma
        default: .standard
        }
    }

    /// Short, and without what a terminal would obey.
    private static func word(_ text: String) -> String {
        String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }.prefix(40))
    }
}

extension AudioFacts {
    fileprivate init?(_ stream: ProbeAnswer.Stream) {
        guard let codec = stream.codec_name, AllowedCodecs.canDecodeAudio(codec),
            let channels = stream.channels, (1...64).contains(channels),
            let rate = stream.sample_rate.flatMap({ Int($0) }), (1000...768_000).contains(rate)
        else { return nil }
        (index, self.codec, self.channels, sampleRate) = (stream.index, codec, channels, rate)
        layout = stream.channel_layout
        duration = stream.seconds
    }
}

extension SubtitleFacts {
    fileprivate init?(_ stream: ProbeAnswer.Stream) {
        guard let codec = stream.codec_name, AllowedCodecs.subtitles.contains(codec) else { return nil }
        let language = stream.tags?["language"].flatMap { $0 == "und" ? nil : $0 }
        (index, self.codec) = (stream.index, codec)
        self.language = language.flatMap { text in
            (2...8).contains(text.utf8.count) && text.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
                ? text : nil
        }
    }
}
