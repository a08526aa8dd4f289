"""A wall is told by what it is, and not by a word that a story has too."""

import pytest

from fetch.errors import Blocked, NotAnArticle
from fetch.extract import extract

URL = "https://islands.example/news/4711"
CONSENT = (
    "We and our 210 partners store cookies and unique identifiers on your device and process personal data from them.",
    "You may accept personalised advertising and content, or manage your choices in the privacy centre at any time.",
)
EINWILLIGUNG = (
    "Wir und unsere Partner nutzen Cookies und Tracking, um Ihnen personalisierte Werbung und Inhalte anzubieten.",
    "Sie können Ihre Einwilligung jederzeit im Datenschutz-Center widerrufen oder unser Angebot im Abo lesen.",
)
CONSENTIMIENTO = (
    "Nosotros y nuestros 210 socios almacenamos cookies en su dispositivo y tratamos sus datos personales.",
    "Puede aceptar la publicidad a medida, rechazarla o cambiar sus preferencias cuando quiera.",
)
CONSENSO = (
    "Noi e i nostri 210 partner archiviamo cookie sul tuo dispositivo e trattiamo i tuoi dati personali.",
    "Puoi accettare la pubblicità su misura, rifiutarla o cambiare le tue preferenze quando vuoi.",
)
CONSENTIMENTO = (
    "Nós e os nossos 210 parceiros guardamos cookies no seu dispositivo e tratamos os seus dados pessoais.",
    "Pode aceitar a publicidade à medida, recusá-la ou mudar as suas preferências quando quiser.",
)
ZGODA = (
    "My i nasi partnerzy zapisujemy pliki cookie na Twoim urządzeniu i przetwarzamy Twoje dane osobowe.",
    "Możesz wyrazić zgodę na reklamy dobrane do Ciebie albo zmienić swoje ustawienia w każdej chwili.",
)
SAMTYCKE = (
    "Vi och våra 210 partner lagrar cookies på din enhet och behandlar dina personuppgifter.",
    "Du kan ge ditt samtycke till anpassade annonser eller ändra dina val när du vill.",
)
CHALLENGE = (
    "Checking your browser before you go on to islands.example, which takes a few seconds and happens once a day.",
    "Please enable JavaScript and cookies to continue. Your browser will then be sent on to the page you asked for.",
)
OWNER = ("The owner of this site does not let you see the page that you have asked for.",)
CLICK = ("Click below and let us know that it is you, a reader of ours, and nobody else.",)


def page(title: str, paragraphs: tuple[str, ...]) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<title>{title}</title><body><main><h1>{title}</h1>{text}</main></body>".encode()


@pytest.mark.parametrize(
    ("title", "paragraphs", "reason"),
    [
        ("Islands", CONSENT, "consent"),
        ("Before you continue to Islands", CONSENT[:1] * 2, "consent"),
        ("Inseln", EINWILLIGUNG, "consent"),
        ("Islas", CONSENTIMIENTO, "consent"),
        ("Isole", CONSENSO, "consent"),
        ("Ilhas", CONSENTIMENTO, "consent"),
        ("Wyspy", ZGODA, "consent"),
        ("Öarna", SAMTYCKE, "consent"),
        ("Just a moment...", CHALLENGE, "challenge"),
        ("islands.example", CHALLENGE, "challenge"),
        (
            "Access Denied",
            OWNER * 2,
            "access denied",
        ),
        (
            "Islands | Are you a robot?",
            CLICK * 2,
            "challenge",
        ),
    ],
)
def test_a_wall_stays_one(title: str, paragraphs: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Blocked) as raised:
        extract(page(title, paragraphs), URL)
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        (
            "Rat gibt Zustimmung zum neuen Boot",
            (
                "Der Rat der Inseln hat am Abend seine Zustimmung zum Kauf eines zweiten Bootes gegeben.",
                "Das Boot soll im Herbst kommen und drei Jahre lang nur im Sommer fahren, wie es in der Vorlage heißt.",
            ),
        ),
        (
            "Datenschutz: Fähre zählt ihre Gäste nicht mehr",
            (
                "Die Fähre zählt ihre Gäste nicht mehr mit Kameras, weil der Datenschutz das nicht erlaubt.",
                "Nun steht wieder der Maat an der Rampe und macht für jeden Wagen und für jedes Kind einen Strich.",
            ),
        ),
        (
            "El puerto acepta a nuevos socios",
            (
                "El consejo del puerto acepta desde hoy a nuevos socios, que pagan cuarenta coronas al año.",
                "La publicidad en el muelle se queda como está, y sus socios más viejos no pagan nada hasta el verano.",
            ),
        ),
        (
            "Unusual traffic on the pier",
            (
                "Police saw unusual traffic on the pier on Friday night, when forty vans came off the last boat.",
                "The vans belonged to a film crew, which will stay on the islands until the spring.",
            ),
        ),
        (
            "Just a moment of calm before the ferry",
            (
                "There was just a moment of calm on the pier before the ferry came in and the shouting began.",
                "By noon the first coffee was sold out again, and the keeper of the shop had gone to bed with a cold.",
            ),
        ),
        (
            "Parents refuse consent for the school boat",
            (
                "Nine of twelve parents refused their consent for the school boat, as it has no second engine.",
                "The school will now be held in the inn until the board has found out what one costs.",
            ),
        ),
    ],
)
def test_a_short_story_that_has_a_walls_words_is_a_story(title: str, paragraphs: tuple[str, ...]) -> None:
    assert extract(page(title, paragraphs), URL).text.split("\n") == list(paragraphs)


def test_a_podcast_that_can_be_subscribed_to_is_not_for_subscribers_only() -> None:
    with pytest.raises(NotAnArticle):
        extract(page("Folge 12", ("Den Podcast jetzt abonnieren.",)), URL)


@pytest.mark.parametrize(
    ("title", "said", "reason"),
    [
        (
            "Islands",
            "Sorry, you have been blocked. You are unable to access islands.example. Ray ID: 8f1",
            "access denied",
        ),
        ("Islands", "Access to this page has been denied.", "access denied"),
        ("Islands", "Please show that you are not a robot.", "challenge"),
        ("Islands", "We saw unusual activity from your address.", "challenge"),
    ],
)
def test_what_refuses_beside_a_text_refuses_without_one(title: str, said: str, reason: str) -> None:
    with pytest.raises(Blocked) as raised:
        extract(f"<title>{title}</title><p>{said}</p>".encode(), URL)
    assert raised.value.reason == reason


@pytest.mark.parametrize("said", ["Your order has the reference #18.", "Your browser is fine."])
def test_a_sign_alone_is_no_wall(said: str) -> None:
    with pytest.raises(NotAnArticle):
        extract(f"<title>Islands</title><p>{said}</p>".encode(), URL)
