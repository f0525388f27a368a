package import MediaProbe

/// The playlist that a player opens: what there is to choose from (RFC 8216, 4.3.4).
package struct MasterPlaylist: Sendable, Equatable {
    package struct Variant: Sendable, Equatable {
        package var playlist: String
        package var width: Int
        package var height: Int
        package var frameRate: FrameRate
        /// As RFC 6381 has them: `avc1.640028`.
        package var codecs: [String]
        /// Of picture and sound together, in bits a second.
        package var bandwidth: Bandwidth

        package init(
            playlist: String, width: Int, height: Int, frameRate: FrameRate, codecs: [String], bandwidth: Bandwidth
        ) {
            (self.playlist, self.width, self.height) = (playlist, width, height)
            (self.frameRate, self.codecs, self.bandwidth) = (frameRate, codecs, bandwidth)
        }
    }

    package struct Captions: Sendable, Equatable {
        package var playlist: String
        /// What a viewer chooses: `Deutsch`.
        package var name: String
        /// BCP 47; nil where nobody said.
        package var language: String?

        package init(playlist: String, name: String, language: String?) {
            (self.playlist, self.name, self.language) = (playlist, name, language)
        }
    }

    package var variants: [Variant]
    /// The playlist of the sound; nil for a silent video.
    package var audio: String?
    package var captions: [Captions]

    package init(variants: [Variant], audio: String?, captions: [Captions]) {
        (self.variants, self.audio, self.captions) = (variants, audio, captions)
    }

    package var text: String {
        var lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
        if let audio {
            lines.append(
                "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Audio\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\","
                    + "URI=\"\(audio)\"")
        }
        lines += captions.map(line)
        for variant in variants { lines += [line(variant), variant.playlist] }
        return (lines + [""]).joined(separator: "\n")
    }

    private func line(_ captions: Captions) -> String {
        let language = captions.language.map { ",LANGUAGE=\"\(Self.quotable($0))\"" } ?? ""
        return "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"\(Self.quotable(captions.name))\"\(language),"
            + "DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI=\"\(captions.playlist)\""
    }

    private func line(_ variant: Variant) -> String {
        var line =
            "#EXT-X-STREAM-INF:BANDWIDTH=\(variant.bandwidth.peak),AVERAGE-BANDWIDTH=\(variant.bandwidth.average),"
        line += "CODECS=\"\(variant.codecs.joined(separator: ","))\",RESOLUTION=\(variant.width)x\(variant.height),"
        line += "FRAME-RATE=\(MediaPlaylist.decimal(variant.frameRate.perSecond).dropLast(3))"
        if audio != nil { line += ",AUDIO=\"audio\"" }
        if !captions.isEmpty { line += ",SUBTITLES=\"captions\"" }
        return line + ",CLOSED-CAPTIONS=NONE"
    }

    /// What a quoted string may hold (4.2).
    private static func quotable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\"" && $0.value != 0x7F }))
    }
}
