-- Names, places and telephone numbers of the countries that write Latin letters. Numbers come from ranges kept
-- free for fiction (ARCEP, Bundesnetzagentur, NANPA, Ofcom, PTS) or have a subscriber part that is never assigned.
CREATE TABLE seed.land (
  country text PRIMARY KEY, share int, script text, language text,
  female text[], male text[], family text[],
  cities text[],   -- city|region|postal code|latitude|longitude
  streets text[],  -- # is the house number
  phones text[]
);
CREATE FUNCTION seed.land(country text, share int, script text, language text, female text, male text, family text,
  cities text, streets text, phones text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO seed.land VALUES (country, share, script, language, string_to_array(female, ' '), string_to_array(male, ' '),
    string_to_array(family, ' '), string_to_array(cities, '; '), string_to_array(streets, '; '), string_to_array(phones, '; ')) $$;

SELECT seed.land('US', 16, 'latin', 'en',
  'Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Nancy Sandra Ashley Emily Donna Michelle Carol Amanda Melissa Deborah Rebecca Laura Sharon Cynthia Kathleen Angela Brenda Emma Grace Olivia Zoe',
  'James Robert John Michael David William Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Ryan Jacob',
  'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores',
  'New York|NY|100##|40.71|-74.00; Chicago|IL|606##|41.88|-87.63; Austin|TX|787##|30.27|-97.74; Portland|OR|972##|45.52|-122.68; Denver|CO|802##|39.74|-104.99; Boston|MA|021##|42.36|-71.06; Savannah|GA|314##|32.08|-81.09',
  '# Maple Avenue; # Oak Street; # Washington Boulevard; # 2nd Street; # Cedar Lane; # Park Place, Apt 4; # Lakeview Drive; # Hickory Court',
  '+1 212-555-01##; +1 312-555-01##; +1 512-555-01##; +1 503-555-01##; +1 303-555-01##; (617) 555-01##; (912) 555-01##');
SELECT seed.land('GB', 11, 'latin', 'en',
  'Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Poppy Evelyn Margaret Susan Jean Siobhán Nia Caoimhe Charlotte',
  'Oliver George Arthur Noah Muhammad Leo Oscar Harry Archie Jack Henry Charlie Freddie Theodore Alfie Thomas William Alistair Rhys Hamish Colin Nigel Graham Stuart',
  'Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davis Campbell O''Brien MacLeod',
  'London|Greater London|SW1A #AB|51.51|-0.13; Manchester|Greater Manchester|M1 #FT|53.48|-2.24; Leeds|West Yorkshire|LS1 #DX|53.80|-1.55; Bristol|Bristol|BS1 #QT|51.45|-2.59; Edinburgh|Scotland|EH1 #RE|55.95|-3.19; Cardiff|Wales|CF10 #BH|51.48|-3.18',
  '# High Street; # Station Road; # Church Lane; # Victoria Road; Flat 3, # Mill Lane; # The Crescent; # Kingsway',
  '+44 7700 900###; +44 20 7946 0###; +44 161 496 0###; +44 113 496 0###; 07700 900###; 0131 496 0###');
SELECT seed.land('DE', 13, 'latin', 'de',
  'Anna Lena Marie Sophie Hannah Emilia Mia Johanna Katharina Sabine Petra Monika Ursula Renate Birgit Heike Jana Käthe Änne Julia Franziska Brigitte Gisela Ilse Claudia Leonie',
  'Lukas Leon Finn Jonas Paul Felix Maximilian Jürgen Günther Klaus Wolfgang Stefan Andreas Thomas Björn Jörg Sören Matthias Uwe Karl Heinz Dieter Florian Moritz Emil Götz',
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Größ Weiß',
  'Berlin|Berlin|101##|52.52|13.40; Hamburg|Hamburg|203##|53.55|9.99; München|Bayern|803##|48.14|11.58; Köln|Nordrhein-Westfalen|506##|50.94|6.96; Frankfurt am Main|Hessen|603##|50.11|8.68; Leipzig|Sachsen|041##|51.34|12.37; Görlitz|Sachsen|028##|51.15|14.99',
  'Hauptstraße #; Bahnhofstraße #; Lindenallee #; Gartenweg #; Goethestraße #a; Am Mühlbach #; Schillerplatz #',
  '+49 30 23125 ###; +49 69 90009 ###; +49 40 66969 ###; +49 171 39200##; +49 176 040690##; 0221 4710 ###; (089) 99998 ###; 030/23125###');
SELECT seed.land('FR', 9, 'latin', 'fr',
  'Marie Jeanne Françoise Monique Catherine Nathalie Isabelle Jacqueline Anne Sylvie Camille Chloé Inès Léa Manon Zoé Élodie Hélène Margaux Aurélie Océane Louise',
  'Jean Pierre Michel André Philippe René Louis Alain Jacques Bernard Étienne François Rémi Gaël Théo Loïc Hugo Lucas Jérôme Benoît Cédric Gabriel',
  'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Lefebvre Faure André Mercier Béranger',
  'Paris|Île-de-France|750##|48.86|2.35; Lyon|Auvergne-Rhône-Alpes|690##|45.76|4.84; Marseille|Provence-Alpes-Côte d''Azur|130##|43.30|5.37; Nantes|Pays de la Loire|440##|47.22|-1.55; Lille|Hauts-de-France|590##|50.63|3.06',
  '# rue de la République; # avenue Victor-Hugo; # boulevard Gambetta; # place de l''Église; # chemin des Écoliers; # bis rue du Moulin',
  '+33 1 99 00 ## ##; +33 2 61 91 ## ##; +33 3 53 01 ## ##; +33 6 39 98 ## ##; 04 65 71 ## ##; 05 36 49 ## ##');
SELECT seed.land('ES', 6, 'latin', 'es',
  'María Carmen Josefa Isabel Lucía Paula Sofía Martina Alba Inés Begoña Rocío Nuria Ángela Concepción Pilar Montserrat Elena Marta Ainhoa',
  'Antonio José Manuel Francisco Juan David Javier Daniel Jesús Carlos Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Íñigo Andrés Hernán',
  'García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Núñez Ibáñez',
  'Madrid|Madrid|280##|40.42|-3.70; Barcelona|Cataluña|080##|41.39|2.17; Sevilla|Andalucía|410##|37.39|-5.98; Valencia|Comunidad Valenciana|460##|39.47|-0.38; A Coruña|Galicia|150##|43.36|-8.41',
  'Calle Mayor #; Avenida de la Constitución #; Calle de Alcalá #, 2º B; Plaza de España #; Paseo Marítimo #; Calle Nueva #',
  '+34 600 000 ###; +34 910 000 ###; +34 930 000 ###; 955 000 ###');
SELECT seed.land('IT', 6, 'latin', 'it',
  'Sofia Aurora Giulia Ginevra Alice Beatrice Emma Giorgia Anna Maria Chiara Francesca Niccolina Lucia Rosa Angela Paola Federica Elisa Noemi',
  'Leonardo Francesco Alessandro Lorenzo Mattia Andrea Gabriele Riccardo Tommaso Giuseppe Giovanni Antonio Mario Luigi Roberto Nicolò Enzo Salvatore Pietro Davide',
  'Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De~Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro D''Angelo',
  'Roma|Lazio|001##|41.90|12.50; Milano|Lombardia|201##|45.46|9.19; Napoli|Campania|801##|40.85|14.27; Torino|Piemonte|101##|45.07|7.69; Bologna|Emilia-Romagna|401##|44.49|11.34',
  'Via Roma #; Via Giuseppe Garibaldi #; Corso Italia #; Piazza del Duomo #; Viale Dante #; Via dei Mille #/A',
  '+39 06 0000 ####; +39 320 000 ####; +39 02 0000 ####; 051 000 ####');
SELECT seed.land('NL', 5, 'latin', 'nl',
  'Emma Julia Mila Sophie Zoë Sara Anna Noor Lotte Femke Sanne Anouk Marijke Johanna Wilhelmina Renée Ingrid Saskia',
  'Daan Sem Lucas Levi Finn Noah Milan Bram Jan Pieter Hendrik Willem Joost Maarten Sjoerd Ruben Koen Coen',
  'de~Jong Jansen de~Vries van~den~Berg Bakker van~Dijk Visser Janssen Smit Meijer de~Boer Mulder Bos Vos Peters Hendriks van~Leeuwen Dekker Brouwer de~Wit Kok Jacobs',
  'Amsterdam|Noord-Holland|10## AB|52.37|4.90; Rotterdam|Zuid-Holland|30## KD|51.92|4.48; Utrecht|Utrecht|35## GH|52.09|5.12; Eindhoven|Noord-Brabant|56## PL|51.44|5.48; Groningen|Groningen|97## TX|53.22|6.57',
  'Dorpsstraat #; Kerkstraat #; Prinsengracht #-II; Molenweg #; Stationsplein #; Burgemeester de Vlugtlaan #',
  '+31 6 0000 ####; +31 20 000 ####; 010-000 ####');
SELECT seed.land('PL', 5, 'latin', 'pl',
  'Anna Katarzyna Małgorzata Agnieszka Zofia Zuzanna Hanna Julia Maja Łucja Żaneta Wiesława Grażyna Elżbieta Jadwiga Ewa Bożena Kinga',
  'Piotr Krzysztof Andrzej Tomasz Paweł Michał Jan Łukasz Stanisław Zbigniew Mateusz Jakub Antoni Szymon Wojciech Kazimierz Grzegorz Sławomir',
  'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Zając Król',
  'Warszawa|Mazowieckie|00-1##|52.23|21.01; Kraków|Małopolskie|30-0##|50.06|19.94; Łódź|Łódzkie|90-0##|51.76|19.46; Wrocław|Dolnośląskie|50-0##|51.11|17.04; Gdańsk|Pomorskie|80-0##|54.35|18.65',
  'ul. Polna #; ul. Leśna #/4; ul. Słoneczna #; al. Jana Pawła II #; ul. Krótka #; os. Piastów #',
  '+48 500 000 ###; +48 22 000 00 ##; 12 000 00 ##');
SELECT seed.land('SE', 3, 'latin', 'sv',
  'Alice Maja Elsa Astrid Wilma Freja Linnéa Åsa Birgitta Kerstin Märta Ingrid Ebba Signe Karin Ulrika',
  'William Liam Noah Hugo Oscar Björn Göran Åke Lars Mikael Anders Johan Per Nils Östen Gustav',
  'Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Lindström Sjöberg Åberg Öberg Lindqvist Nyström',
  'Stockholm|Stockholms län|111 ##|59.33|18.07; Göteborg|Västra Götaland|411 ##|57.71|11.97; Malmö|Skåne|211 ##|55.60|13.00; Uppsala|Uppsala län|753 ##|59.86|17.64',
  'Storgatan #; Kungsgatan # lgh 1102; Skolvägen #; Drottninggatan #; Björkstigen #',
  '+46 70 174 06 ##; +46 8 465 004 ##; +46 31 390 06 ##; 040-628 04 ##');
SELECT seed.land('CZ', 2, 'latin', 'cs',
  'Tereza Eliška Anna Adéla Natálie Jana Marie Věra Lenka Zdeňka Růžena Barbora Šárka Kateřina',
  'Jakub Jan Tomáš Matyáš Jiří Petr Pavel Zdeněk Václav Luboš Ondřej Řehoř Miloš František',
  'Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Růžička Beneš',
  'Praha|Praha|110 ##|50.08|14.44; Brno|Jihomoravský|602 ##|49.20|16.61; Ostrava|Moravskoslezský|702 ##|49.84|18.29; Plzeň|Plzeňský|301 ##|49.75|13.38',
  'Hlavní #; Nádražní #; Školní #/12; Náměstí Míru #; Zahradní #',
  '+420 601 000 ###; +420 222 000 ###; 541 000 ###');
SELECT seed.land('BR', 4, 'latin', 'pt',
  'Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Beatriz Letícia Conceição Luíza Helena Larissa',
  'José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Thiago Caetano Otávio',
  'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Gonçalves Araújo',
  'São Paulo|SP|01###-000|-23.55|-46.63; Rio de Janeiro|RJ|20###-010|-22.91|-43.17; Belo Horizonte|MG|30###-120|-19.92|-43.94; Salvador|BA|40###-060|-12.97|-38.50; Brasília|DF|70###-900|-15.79|-47.88',
  'Rua das Flores, #; Avenida Paulista, #; Rua XV de Novembro, #; Travessa São José, # apto 31; Alameda Santos, #',
  '+55 11 90000-####; +55 21 90000-####; (31) 90000-####');
SELECT seed.land('MX', 3, 'latin', 'es',
  'María Guadalupe Juana Margarita Verónica Alejandra Ximena Valentina Fernanda Citlali Rosa Leticia Yolanda Itzel',
  'José Juan Miguel Luis Carlos Jesús Alejandro Santiago Emiliano Mateo Cuauhtémoc Raúl Ramón Octavio',
  'Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Morales Vázquez Reyes Jiménez Torres Díaz Ortiz Castañeda',
  'Ciudad de México|CDMX|06###|19.43|-99.13; Guadalajara|Jalisco|44###|20.67|-103.35; Monterrey|Nuevo León|64###|25.67|-100.31; Mérida|Yucatán|97###|20.97|-89.62',
  'Av. Insurgentes Sur #; Calle Hidalgo #; Calle 5 de Mayo #; Paseo de la Reforma # int. 8; Calzada de Tlalpan #',
  '+52 55 0000 ####; +52 33 0000 ####; 81 0000 ####');
SELECT seed.land('TR', 2, 'latin', 'tr',
  'Zeynep Elif Defne Fatma Ayşe Emine Hatice Özlem Gül Şule Büşra Çiğdem',
  'Mehmet Mustafa Ahmet Ali Hüseyin Yusuf Ömer Çağlar İsmail Oğuz Barış Şükrü',
  'Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Kara Koç',
  'İstanbul|İstanbul|34###|41.01|28.98; Ankara|Ankara|06###|39.93|32.86; İzmir|İzmir|35###|38.42|27.14; Eskişehir|Eskişehir|26###|39.78|30.52',
  'Atatürk Caddesi No:#; Cumhuriyet Mahallesi # D:5; Bağdat Caddesi No:#; İnönü Sokak No:#',
  '+90 500 000 ## ##; +90 212 000 ## ##; 0312 000 ## ##');
