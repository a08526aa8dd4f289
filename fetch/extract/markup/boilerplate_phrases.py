"""Wording that is about the page and not the story, in the languages news is most written in. Data only."""

# What a text opens with: one or two words.
OPENINGS = {
    "prompt": """
        read more, read also, read next, read the, read full, see also, see more, also read, also on, related,
        related:, more on, more from, more about, more stories, more news, watch, watch:, listen, listen:,
        recommended, click here, learn more, find out, continue reading, keep reading, view all, view more,
        view gallery, show more, load more, for more, check out, don’t miss, don't miss, up next, lesen sie,
        mehr zum, mehr zu, mehr dazu, mehr infos, auch interessant, zum thema, weitere, lire aussi, lire la, à lire,
        en savoir, lea también, lea más, leer más, ver más, te puede, leia mais, leia também, veja também,
        saiba mais, leggi anche, lees ook, lees meer, читайте также, читайте, czytaj, czytaj też, zobacz, zobacz też,
        läs mer, läs också, les også, læs også, baca juga, اقرأ أيضا, relacionado, más información, più letti,
        mehr lesen, mehr nachrichten
    """,
    "about": """
        about the, about author, über den, über die, additional reporting, reporting by, editing by, compiled by,
        writing by, this article, this story, this post, this piece, this report, originally published,
        first published, editor’s note, editor's note, editors’ note, with reporting, source:, sources:, quelle:,
        provided by, correction:, clarification:, disclaimer:, disclosure:
    """,
    "credit": """
        photo, photo:, photos:, photo by, foto, foto:, fotos:, bild:, image:, image, images:, picture:, video:,
        credit:, crédit, crédits, source, graphic:, illustration:, file photo, (photo, (image:, (foto:, ảnh:, фото:,
        фото, fuente:, imagen:, getty images, ©
    """,
    "byline": """
        by, von, par, por, written by, story by, posted by, published by, автор:, text:, autor:, author:, oleh, door
    """,
    "tags": """
        tags, tags:, tag:, topics, topics:, topic:, filed under, category:, categories:, keywords:, schlagworte,
        schlagwörter, themen, themen:, mots-clés, etiquetas, etiquetas:, теги:, posted in, tagged, labels:,
        read more:
    """,
    "dated": """
        published, published:, updated, updated:, posted, posted:, posted on, last updated, stand:, veröffentlicht,
        aktualisiert, erstellt, publié le, mis à, publicado, actualizado, pubblicato, gepubliceerd, опубликовано,
        date:, on, created:
    """,
    "advert": """
        advertisement, advertising, anzeige, werbung, publicité, publicidad, reklam, sponsored, promoted, ad,
        реклама, story continues, article continues, advertisement:, continue below, loading..., reklama, annons,
        iklan
    """,
    "share": """
        share, share this, connect with, engage &, share on, share via, tweet, follow, follow us, like us, teilen,
        partager, compartir,
        compartilhe, condividi, print, email, e-mail, copy link, facebook, twitter, whatsapp, pinterest, save,
        auf facebook, drucken
    """,
}
# Single words anywhere.
SINGLE_WORDS = {
    "newsletter": """
        newsletter newsletters subscribe subscriber subscribers subscription subscribing signup inbox abonnieren
        abonnement abo abonnez registrieren registrierung anmeldung suscríbete suscribirse suscripción inscrivez
        inscreva iscriviti рассылку подпишитесь подписывайтесь подписка push-mitteilungen whatsapp telegram membership
        donate donation unlimited prenumerera abonnieren! abonneer abonnés registering
    """,
    "follow": """
        @ facebook instagram twitter linkedin youtube tiktok pinterest facebook-seite youtube-kanal suivez síguenos
        folgen x.com
    """,
    "rights": """
        © copyright copyrighted ©2024 rights reserved reserved. republish republished reprint reproduced redistributed
        disclaimer cookie cookies rechte vorbehalten reservados réservés riservati datenschutz datenschutzerklärung
        impressum privacy netiquette terms
    """,
    "comments": """
        comment comments comment: kommentar kommentare kommentieren leserbrief reply discuss log login anmelden
        einloggen logged commenter comentarios comentários commenti reacties moderated комментарии yorum
    """,
    "rights2": """
        getty reuters afp shutterstock istock alliance dpa pixabay unsplash imago ap/ (ap) (reuters) zvg
    """,
    "pictured": """
        pictured photo photo: photos photograph photographed photograph: photographer foto foto: fotos image: courtesy
        imagen: bild: picture: 写真 撮影
    """,
    "contact": """
        email e-mail e-mail: email: contact kontakt hotline phone tel tel. telefon tip tips mail
    """,
    "person": """
        writer reporter editor journalist correspondent columnist freelance freelancer professor contributor redakteur
        redakteurin autor autorin korrespondent journalistin author contributed contributing blogger redacteur
        periodista
    """,
    "call": """
        click buy order shop trial coupon affiliate commission deal deals tickets discount register download app
        kaufen bestellen gratis
    """,
    "minutes": """
        min lesezeit views read. minutes shares likes lecture min.
    """,
}
# What languages that set no spaces, or set them freely, say anywhere.
WITHIN = {
    "rights": "無断転載 無断複製 著作権 版权所有 版權所有 未经授权 未經授權 禁止转载 不得转载 무단전재 재배포",
}
# Headings that stand over lists of stories, comments and the like, by their first word or two: what is cut out of an
# article, and what of it, or elsewhere, names stories that are related to it.
STORIES_BESIDE = """
    also, also read, auch interessant, baca juga, berita terkait, dans la, don't miss, editor's picks, further
    reading, ilgili, in the, latest, latest news, lees ook, leggi anche, leia mais, lesen sie, mais lidas, meer
    over, mehr aus, mehr von, mehr zu, mehr zum, meistgelesen, more about, more from, more in, more like, more news,
    more on, more stories, most popular, most read, most viewed, must read, other, passend, popular, read also, read
    more, read next, recent, recent posts, recommended, related, see also, similar, stories, sur le, te puede,
    trending, up next, verwandte, weitere, what to, you may, you might, zobacz, articles liés, das könnte, don’t
    miss, editor’s picks, leia também, les også, lo más, läs mer, más sobre, veja também, zobacz także, à lire,
    похожие, читайте, читайте также, 相关阅读, 関連記事, 관련기사
"""
BOILERPLATE_HEADINGS = """
    about the, about us, advertisement, archive, archives, author, authors, categories, comentarios, comment,
    commentaires, commenti, comments, contact, contact us, discover, discussion, donate, explore, follow, follow us,
    footnotes, get the, in this, join, join the, keep reading, komentarze, kommentare, leave a, more, most recent,
    newsletter, our, post navigation, reacties, references, replies, responses, search, share, share this, share:,
    sign up, sources, sponsored, stay, subscribe, support, tags, tags:, themen, topics, upcoming, watch, what do,
    yorumlar, schlagwörter, über den, комментарии, jobs of, jobs in, jobs der, jobs aus, top jobs, aktuelle jobs,
    stellenmarkt, stellenangebote, get our, support our, support us, unterstützen sie, spenden, spenden sie,
    soutenez, soutenez-nous, apoya, apóyanos, sostieni, steun, コメント, 评论
"""
RELATED_HEADINGS = """
    articles similaires, lees meer, lire aussi, noticias relacionadas, czytaj także, læs også, powiązane, по теме,
    اقرأ أيضا, अन्य खबरें, あわせて読みたい, 相关新闻
"""
